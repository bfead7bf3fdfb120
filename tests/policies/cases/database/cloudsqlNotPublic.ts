import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [{ settings: { ipConfiguration: { ipv4Enabled: false } } }],
  fail: [
    {
      props: { settings: { ipConfiguration: { ipv4Enabled: true } } },
      problems: ["settings.ipConfiguration.ipv4Enabled is true; it must be false."],
    },
    { props: {}, problems: ["settings.ipConfiguration.ipv4Enabled is not set; it must be false."] },
  ],
};
