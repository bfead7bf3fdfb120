import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [{ settings: { deletionProtectionEnabled: true } }],
  fail: [
    {
      props: { settings: { deletionProtectionEnabled: false } },
      problems: ["settings.deletionProtectionEnabled is false; it must be true."],
    },
    { props: {}, problems: ["settings.deletionProtectionEnabled is not set; it must be true."] },
  ],
};
