import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ upgradePolicy: { supportType: "STANDARD" } }],
  fail: [
    {
      props: { upgradePolicy: { supportType: "another" } },
      problems: ["upgradePolicy.supportType is another; it must be STANDARD."],
    },
    { props: {}, problems: ["upgradePolicy.supportType is not set; it must be STANDARD."] },
  ],
};
