import { mustNotExceed } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Log groups forget after a set time. */
export const logGroupRetention = defineRule({
  name: "log-group-retention",
  title: "Log groups forget after a set time.",
  why: "The default keeps personal data forever, and its cost.",
  fix: "Set retentionInDays.",
  severity: "low",
  purpose: "retention",
  config: { maxDays: { type: "number", default: 400, description: "Days that logs are kept at most." } },
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  check: mustNotExceed("retentionInDays", "maxDays"),
});
