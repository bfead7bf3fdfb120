import { has } from "../frame/read";
import { defineRule } from "../frame/rule";

/** ElastiCache asks for a password or a user group. */
export const elasticachePassword = defineRule({
  name: "elasticache-password",
  title: "ElastiCache asks for a password or a user group.",
  why: "Anything in the network can read and flush it otherwise.",
  fix: "Set authToken or userGroupIds.",
  severity: "high",
  purpose: "access",
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check: ({ props }) =>
    has(props, "authToken") || has(props, "userGroupIds") ? [] : ["Neither authToken nor userGroupIds is set."],
});
