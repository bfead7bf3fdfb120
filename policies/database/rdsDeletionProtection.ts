import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production RDS database cannot be deleted by one call. */
export const rdsDeletionProtection = defineRule({
  name: "rds-deletion-protection",
  title: "A production RDS database cannot be deleted by one call.",
  why: "Its automated backups may go with it.",
  fix: "Set deletionProtection to true.",
  severity: "high",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["aws:rds/instance:Instance"],
  check: mustBe("deletionProtection", true),
});
