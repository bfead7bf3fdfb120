import { eachContainer, WORKLOADS } from "../frame/containers";
import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No container gains rights after it starts. */
export const podNoEscalation = defineRule({
  name: "pod-no-escalation",
  title: "No container gains rights after it starts.",
  why: "A setuid program turns any user into root.",
  fix: "Set securityContext.allowPrivilegeEscalation to false.",
  severity: "medium",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.2.6"],
  types: WORKLOADS,
  check: eachContainer((container) => {
    const value = read(container, "securityContext.allowPrivilegeEscalation");
    return value === false ? [] : [`allowPrivilegeEscalation is ${show(value)}; it must be false.`];
  }),
});
