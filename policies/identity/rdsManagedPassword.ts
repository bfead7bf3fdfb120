import { every, mustBe, mustBeUnset } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** RDS makes and rotates its own master password. */
export const rdsManagedPassword = defineRule({
  name: "rds-managed-password",
  title: "RDS makes and rotates its own master password.",
  why: "A password given as an input is in the state, and whoever reads that is in the database.",
  fix: "Set manageMasterUserPassword to true and remove password.",
  severity: "high",
  purpose: "credentials",
  types: ["aws:rds/instance:Instance"],
  check: every(mustBe("manageMasterUserPassword", true), mustBeUnset("password")),
});
