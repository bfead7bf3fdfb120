import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:dbforpostgresql:Server",
  pass: [{ backup: { backupRetentionDays: 7 } }],
  fail: [
    {
      props: { backup: { backupRetentionDays: 6 } },
      problems: ["backup.backupRetentionDays is 6; it must be at least 7."],
    },
    { props: {}, problems: ["backup.backupRetentionDays is not set; it must be at least 7."] },
  ],
};
