import { podOf, WORKLOADS } from "../frame/containers";
import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Pods share no namespace with their node. */
export const podOwnNamespaces = defineRule({
  name: "pod-own-namespaces",
  title: "Pods share no namespace with their node.",
  why: "A pod in the node's network or process table sees every other pod.",
  fix: "Remove hostNetwork, hostPID and hostIPC.",
  severity: "high",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.2.3", "Kubernetes 1.9 5.2.4", "Kubernetes 1.9 5.2.5"],
  types: WORKLOADS,
  check: (resource) =>
    ["hostNetwork", "hostPID", "hostIPC"]
      .filter((share) => read(podOf(resource), share) === true)
      .map((share) => `${share} is true.`),
});
