import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/nodeGroup:NodeGroup",
  pass: [{ amiType: "AL2023_x86_64_STANDARD" }],
  fail: [
    {
      props: { amiType: "AL2_x86_64_GPU" },
      problems: ["amiType is AL2_x86_64_GPU; take an AL2023 or BOTTLEROCKET type."],
    },
  ],
};
