import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** RDS installs minor versions by itself. */
export const rdsMinorUpgrades = defineRule({
  name: "rds-minor-upgrades",
  title: "RDS installs minor versions by itself.",
  why: "Minor versions carry the security fixes.",
  fix: "Set autoMinorVersionUpgrade to true.",
  severity: "medium",
  purpose: "patching",
  cis: ["AWS 3.0 2.3.2"],
  types: ["aws:rds/instance:Instance"],
  check: mustNotBe("autoMinorVersionUpgrade", [false]),
});
