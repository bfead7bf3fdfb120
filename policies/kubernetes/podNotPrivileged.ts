import { eachContainer, WORKLOADS } from "../frame/containers";
import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No container is privileged. */
export const podNotPrivileged = defineRule({
  name: "pod-not-privileged",
  title: "No container is privileged.",
  why: "A privileged container is the node.",
  fix: "Remove securityContext.privileged.",
  severity: "critical",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.2.2"],
  types: WORKLOADS,
  check: eachContainer((container) =>
    read(container, "securityContext.privileged") === true ? ["securityContext.privileged is true."] : [],
  ),
});
