import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:AgentPool",
  pass: [{ enableNodePublicIP: false }],
  fail: [{ props: { enableNodePublicIP: true }, problems: ["enableNodePublicIP is true; it must not be."] }],
};
