import { mustNotBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production RDS database leaves a snapshot when it is deleted. */
export const rdsFinalSnapshot = defineRule({
  name: "rds-final-snapshot",
  title: "A production RDS database leaves a snapshot when it is deleted.",
  why: "The last backup can be a day old.",
  fix: "Set skipFinalSnapshot to false.",
  severity: "medium",
  purpose: "backup",
  levels: PRODUCTION,
  types: ["aws:rds/instance:Instance"],
  check: mustNotBe("skipFinalSnapshot", [true]),
});
