import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/nodeGroup:NodeGroup",
  pass: [{ nodeRepairConfig: { enabled: true } }],
  fail: [
    {
      props: { nodeRepairConfig: { enabled: false } },
      problems: ["nodeRepairConfig.enabled is false; it must be true."],
    },
    { props: {}, problems: ["nodeRepairConfig.enabled is not set; it must be true."] },
  ],
};
