import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A secret in Secrets Manager has a key of the account. */
export const secretsManagerKey = defineRule({
  name: "secrets-manager-key",
  title: "A secret in Secrets Manager has a key of the account.",
  why: "The default key lets every role of the account that may read secrets read this one.",
  fix: "Set kmsKeyId.",
  severity: "medium",
  purpose: "encryptionAtRest",
  types: ["aws:secretsmanager/secret:Secret"],
  check: mustBeSet("kmsKeyId"),
});
