import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Log groups are encrypted by a key of the account. */
export const logGroupKey = defineRule({
  name: "log-group-key",
  title: "Log groups are encrypted by a key of the account.",
  why: "Logs hold inputs of predictions, and the default key cannot be refused to anyone.",
  fix: "Set kmsKeyId.",
  severity: "low",
  purpose: "encryptionAtRest",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  check: mustBeSet("kmsKeyId"),
});
