import { every, mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production ElastiCache fails over to another zone. */
export const elasticacheFailover = defineRule({
  name: "elasticache-failover",
  title: "A production ElastiCache fails over to another zone.",
  why: "A lost primary is a cold cache in front of every model.",
  fix: "Set automaticFailoverEnabled and multiAzEnabled to true.",
  severity: "medium",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check: every(mustBe("automaticFailoverEnabled", true), mustBe("multiAzEnabled", true)),
});
