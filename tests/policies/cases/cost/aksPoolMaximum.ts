import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:AgentPool",
  pass: [{ maxCount: 100 }],
  fail: [
    { props: { maxCount: 101 }, problems: ["maxCount is 101; it must be between 1 and 100."] },
    { props: {}, problems: ["maxCount is not set; it must be between 1 and 100."] },
  ],
};
