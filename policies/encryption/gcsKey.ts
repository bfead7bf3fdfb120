import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A Cloud Storage bucket is encrypted by a key of the project. */
export const gcsKey = defineRule({
  name: "gcs-key",
  title: "A Cloud Storage bucket is encrypted by a key of the project.",
  why: "A key of its own can be refused, watched and revoked.",
  fix: "Set encryption.defaultKmsKeyName.",
  severity: "medium",
  purpose: "encryptionAtRest",
  types: ["gcp:storage/bucket:Bucket"],
  check: mustBeSet("encryption.defaultKmsKeyName"),
});
