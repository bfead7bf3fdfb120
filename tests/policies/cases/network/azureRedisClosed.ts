import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:redisenterprise:RedisEnterprise",
  pass: [{ publicNetworkAccess: "Disabled" }],
  fail: [
    { props: { publicNetworkAccess: "another" }, problems: ["publicNetworkAccess is another; it must be Disabled."] },
    { props: {}, problems: ["publicNetworkAccess is not set; it must be Disabled."] },
  ],
};
