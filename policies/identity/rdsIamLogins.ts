import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** RDS lets workloads in by their role. */
export const rdsIamLogins = defineRule({
  name: "rds-iam-logins",
  title: "RDS lets workloads in by their role.",
  why: "A password in a workload must be handed out, kept and rotated.",
  fix: "Set iamDatabaseAuthenticationEnabled to true.",
  severity: "medium",
  purpose: "access",
  types: ["aws:rds/instance:Instance"],
  check: mustBe("iamDatabaseAuthenticationEnabled", true),
});
