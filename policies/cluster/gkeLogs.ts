import { mustHold } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE keeps logs of the system, the workloads and the control plane. */
export const gkeLogs = defineRule({
  name: "gke-logs",
  title: "GKE keeps logs of the system, the workloads and the control plane.",
  why: "Nobody can tell afterwards who did what.",
  fix: "Add SYSTEM_COMPONENTS, WORKLOADS and APISERVER to loggingConfig.enableComponents.",
  severity: "medium",
  purpose: "audit",
  cis: ["GKE 1.6 5.7.1"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustHold("loggingConfig.enableComponents", ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER"]),
});
