import { mustHold } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** RDS sends its log out of the database. */
export const rdsLogs = defineRule({
  name: "rds-logs",
  title: "RDS sends its log out of the database.",
  why: "Logs that stay inside are gone with the instance.",
  fix: "Add postgresql to enabledCloudwatchLogsExports.",
  severity: "low",
  purpose: "audit",
  types: ["aws:rds/instance:Instance"],
  check: mustHold("enabledCloudwatchLogsExports", ["postgresql"]),
});
