import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:dbforpostgresql:Server",
  pass: [{ highAvailability: { mode: "ZoneRedundant" } }],
  fail: [
    {
      props: { highAvailability: { mode: "another" } },
      problems: ["highAvailability.mode is another; it must be ZoneRedundant."],
    },
    { props: {}, problems: ["highAvailability.mode is not set; it must be ZoneRedundant."] },
  ],
};
