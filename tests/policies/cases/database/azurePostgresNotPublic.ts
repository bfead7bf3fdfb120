import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:dbforpostgresql:Server",
  pass: [{ network: { publicNetworkAccess: "Disabled" } }],
  fail: [
    {
      props: { network: { publicNetworkAccess: "another" } },
      problems: ["network.publicNetworkAccess is another; it must be Disabled."],
    },
    { props: {}, problems: ["network.publicNetworkAccess is not set; it must be Disabled."] },
  ],
};
