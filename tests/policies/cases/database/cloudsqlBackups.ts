import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [{ settings: { backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: true } } }],
  fail: [
    {
      props: { settings: { backupConfiguration: { enabled: false, pointInTimeRecoveryEnabled: true } } },
      problems: ["settings.backupConfiguration.enabled is false; it must be true."],
    },
    {
      props: { settings: { backupConfiguration: { enabled: true, pointInTimeRecoveryEnabled: false } } },
      problems: ["settings.backupConfiguration.pointInTimeRecoveryEnabled is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "settings.backupConfiguration.enabled is not set; it must be true.",
        "settings.backupConfiguration.pointInTimeRecoveryEnabled is not set; it must be true.",
      ],
    },
  ],
};
