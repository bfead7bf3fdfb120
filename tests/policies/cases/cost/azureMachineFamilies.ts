import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:AgentPool",
  pass: [{ vmSize: "Standard_D8s_v5" }, { vmSize: "Standard_NC8as_T4_v3" }],
  fail: [
    {
      props: { vmSize: "Standard_ND96isr_H100_v5" },
      problems: ["Standard_ND96isr_H100_v5 matches no allowed pattern."],
    },
    { props: { vmSize: "Standard_M416ms_v2" }, problems: ["Standard_M416ms_v2 matches no allowed pattern."] },
  ],
};
