import { podOf, WORKLOADS } from "../frame/containers";
import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Pods use the runtime's seccomp profile. */
export const podSeccomp = defineRule({
  name: "pod-seccomp",
  title: "Pods use the runtime's seccomp profile.",
  why: "Half of the kernel's calls, which no service needs, are open otherwise.",
  fix: "Set securityContext.seccompProfile.type to RuntimeDefault on the pod.",
  severity: "low",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.7.2"],
  types: WORKLOADS,
  check: (resource) => {
    const value = read(podOf(resource), "securityContext.seccompProfile.type");
    const fine = value === "RuntimeDefault" || value === "Localhost";
    return fine ? [] : [`seccompProfile.type is ${show(value)}; it must be RuntimeDefault or Localhost.`];
  },
});
