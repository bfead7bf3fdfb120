import { eachContainer, WORKLOADS } from "../frame/containers";
import { texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Containers drop the kernel's capabilities. */
export const podCapabilities = defineRule({
  name: "pod-capabilities",
  title: "Containers drop the kernel's capabilities.",
  why: "The default ones let a process forge packets and change owners of files.",
  fix: "Set securityContext.capabilities.drop to [ALL].",
  severity: "medium",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.2.9"],
  types: WORKLOADS,
  check: eachContainer((container) =>
    texts(container, "securityContext.capabilities.drop").includes("ALL") ? [] : ["capabilities.drop lacks ALL."],
  ),
});
