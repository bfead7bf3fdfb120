import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [{ settings: { availabilityType: "REGIONAL" } }],
  fail: [
    {
      props: { settings: { availabilityType: "another" } },
      problems: ["settings.availabilityType is another; it must be REGIONAL."],
    },
    { props: {}, problems: ["settings.availabilityType is not set; it must be REGIONAL."] },
  ],
};
