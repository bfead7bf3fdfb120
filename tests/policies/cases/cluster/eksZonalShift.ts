import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ zonalShiftConfig: { enabled: true } }],
  fail: [
    {
      props: { zonalShiftConfig: { enabled: false } },
      problems: ["zonalShiftConfig.enabled is false; it must be true."],
    },
    { props: {}, problems: ["zonalShiftConfig.enabled is not set; it must be true."] },
  ],
};
