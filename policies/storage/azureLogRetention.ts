import { mustNotExceed } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A log workspace forgets after a set time. */
export const azureLogRetention = defineRule({
  name: "azure-log-retention",
  title: "A log workspace forgets after a set time.",
  why: "Logs hold inputs of predictions, and cost for as long as they stay.",
  fix: "Set retentionInDays.",
  severity: "low",
  purpose: "retention",
  config: { maxDays: { type: "number", default: 400, description: "Days that logs are kept at most." } },
  types: ["azure-native:operationalinsights:Workspace"],
  check: mustNotExceed("retentionInDays", "maxDays"),
});
