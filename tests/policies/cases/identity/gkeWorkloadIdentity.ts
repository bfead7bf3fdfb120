import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ workloadIdentityConfig: { workloadPool: "project.svc.id.goog" } }],
  fail: [{ props: {}, problems: ["workloadIdentityConfig.workloadPool is not set."] }],
};
