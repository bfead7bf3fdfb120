import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  pass: [{ authToken: "given" }, { userGroupIds: ["workloads"] }],
  fail: [{ props: {}, problems: ["Neither authToken nor userGroupIds is set."] }],
};
