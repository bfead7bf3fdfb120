import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** SNS topics are encrypted. */
export const snsKey = defineRule({
  name: "sns-key",
  title: "SNS topics are encrypted.",
  why: "Alarms name systems and what is wrong with them.",
  fix: "Set kmsMasterKeyId.",
  severity: "low",
  purpose: "encryptionAtRest",
  types: ["aws:sns/topic:Topic"],
  check: mustBeSet("kmsMasterKeyId"),
});
