import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** No RDS database has a public address. */
export const rdsNotPublic = defineRule({
  name: "rds-not-public",
  title: "No RDS database has a public address.",
  why: "A database on the internet is found within minutes.",
  fix: "Set publiclyAccessible to false.",
  severity: "critical",
  purpose: "boundary",
  cis: ["AWS 3.0 2.3.3"],
  types: ["aws:rds/instance:Instance"],
  check: mustNotBe("publiclyAccessible", [true]),
});
