import { mustHold } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An EKS control plane writes all five kinds of log. */
export const eksControlPlaneLogs = defineRule({
  name: "eks-control-plane-logs",
  title: "An EKS control plane writes all five kinds of log.",
  why: "Without the audit and authenticator logs nobody can tell afterwards who did what.",
  fix: "Set enabledClusterLogTypes to api, audit, authenticator, controllerManager and scheduler.",
  severity: "medium",
  purpose: "audit",
  cis: ["EKS 2.1.1"],
  types: ["aws:eks/cluster:Cluster"],
  check: mustHold("enabledClusterLogTypes", ["api", "audit", "authenticator", "controllerManager", "scheduler"]),
});
