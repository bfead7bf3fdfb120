import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Cloud SQL keeps backups and can go back to any minute. */
export const cloudsqlBackups = defineRule({
  name: "cloudsql-backups",
  title: "Cloud SQL keeps backups and can go back to any minute.",
  why: "A fault in data is often found later than the last backup.",
  fix: "Set enabled and pointInTimeRecoveryEnabled of settings.backupConfiguration to true.",
  severity: "high",
  purpose: "backup",
  cis: ["GCP 3.0 6.7"],
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: every(
    mustBe("settings.backupConfiguration.enabled", true),
    mustBe("settings.backupConfiguration.pointInTimeRecoveryEnabled", true),
  ),
});
