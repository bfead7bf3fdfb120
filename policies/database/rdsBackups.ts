import { mustReach } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** RDS keeps backups for a week or more. */
export const rdsBackups = defineRule({
  name: "rds-backups",
  title: "RDS keeps backups for a week or more.",
  why: "A fault in data is often found days later.",
  fix: "Set backupRetentionPeriod to at least 7.",
  severity: "high",
  purpose: "backup",
  config: { minDays: { type: "number", default: 7, description: "Days that backups are kept." } },
  types: ["aws:rds/instance:Instance"],
  check: mustReach("backupRetentionPeriod", "minDays"),
});
