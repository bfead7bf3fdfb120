import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:keyvault:Vault",
  pass: [
    { properties: { publicNetworkAccess: "disabled" } },
    { properties: { networkAcls: { defaultAction: "Deny" } } },
  ],
  fail: [
    {
      props: { properties: { publicNetworkAccess: "enabled" } },
      problems: ["publicNetworkAccess is enabled and networkAcls.defaultAction is not set."],
    },
  ],
};
