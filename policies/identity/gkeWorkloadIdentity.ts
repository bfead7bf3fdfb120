import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE workloads have identities of their own. */
export const gkeWorkloadIdentity = defineRule({
  name: "gke-workload-identity",
  title: "GKE workloads have identities of their own.",
  why: "All pods share their node's service account otherwise.",
  fix: "Set workloadIdentityConfig.workloadPool.",
  severity: "high",
  purpose: "access",
  cis: ["GKE 1.6 5.2.2"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustBeSet("workloadIdentityConfig.workloadPool"),
});
