import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production Cloud SQL database cannot be deleted by one call. */
export const cloudsqlDeletionProtection = defineRule({
  name: "cloudsql-deletion-protection",
  title: "A production Cloud SQL database cannot be deleted by one call.",
  why: "Its backups go with it.",
  fix: "Set settings.deletionProtectionEnabled to true.",
  severity: "high",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: mustBe("settings.deletionProtectionEnabled", true),
});
