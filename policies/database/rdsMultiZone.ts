import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production RDS database survives the loss of a zone. */
export const rdsMultiZone = defineRule({
  name: "rds-multi-zone",
  title: "A production RDS database survives the loss of a zone.",
  why: "A single instance is down for as long as its zone is.",
  fix: "Set multiAz to true.",
  severity: "high",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["aws:rds/instance:Instance"],
  check: mustBe("multiAz", true),
});
