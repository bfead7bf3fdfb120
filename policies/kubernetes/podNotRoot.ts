import { eachContainer, WORKLOADS } from "../frame/containers";
import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Containers do not run as root. */
export const podNotRoot = defineRule({
  name: "pod-not-root",
  title: "Containers do not run as root.",
  why: "Root in a container is root on the node after one flaw in the kernel.",
  fix: "Set securityContext.runAsNonRoot to true on the pod or the container.",
  severity: "high",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.2.7"],
  types: WORKLOADS,
  check: eachContainer((container, pod) => {
    const value = read(container, "securityContext.runAsNonRoot") ?? read(pod, "securityContext.runAsNonRoot");
    return value === true ? [] : [`runAsNonRoot is ${show(value)}; it must be true.`];
  }),
});
