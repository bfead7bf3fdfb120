import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Cloud SQL is encrypted by a key of the project. */
export const cloudsqlKey = defineRule({
  name: "cloudsql-key",
  title: "Cloud SQL is encrypted by a key of the project.",
  why: "A key of its own can be refused, watched and revoked; it cannot be set later.",
  fix: "Set encryptionKeyName.",
  severity: "medium",
  purpose: "encryptionAtRest",
  types: ["gcp:sql/databaseInstance:DatabaseInstance"],
  check: mustBeSet("encryptionKeyName"),
});
