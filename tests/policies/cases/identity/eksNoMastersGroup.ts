import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/accessEntry:AccessEntry",
  pass: [{ kubernetesGroups: ["viewers"] }, {}],
  fail: [
    {
      props: { kubernetesGroups: ["viewers", "system:masters"] },
      problems: ["kubernetesGroups holds system:masters."],
    },
  ],
};
