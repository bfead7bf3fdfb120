import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:StorageAccount",
  pass: [{ publicNetworkAccess: "Disabled" }, { networkRuleSet: { defaultAction: "Deny" } }],
  fail: [
    { props: {}, problems: ["publicNetworkAccess is not set and networkRuleSet.defaultAction is not set."] },
    {
      props: { publicNetworkAccess: "Enabled", networkRuleSet: { defaultAction: "Allow" } },
      problems: ["publicNetworkAccess is Enabled and networkRuleSet.defaultAction is Allow."],
    },
  ],
};
