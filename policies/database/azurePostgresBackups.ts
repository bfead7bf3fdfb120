import { mustReach } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure Postgres keeps backups for a week or more. */
export const azurePostgresBackups = defineRule({
  name: "azure-postgres-backups",
  title: "Azure Postgres keeps backups for a week or more.",
  why: "A fault in data is often found days later.",
  fix: "Set backup.backupRetentionDays to at least 7.",
  severity: "high",
  purpose: "backup",
  config: { minDays: { type: "number", default: 7, description: "Days that backups are kept." } },
  types: ["azure-native:dbforpostgresql:Server"],
  check: mustReach("backup.backupRetentionDays", "minDays"),
});
