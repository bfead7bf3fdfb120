import { podOf, WORKLOADS } from "../frame/containers";
import { has, objects, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Pods mount no folder of their node. */
export const podNoHostPath = defineRule({
  name: "pod-no-host-path",
  title: "Pods mount no folder of their node.",
  why: "One path is enough to write the node's own programs.",
  fix: "Use a persistent volume or emptyDir.",
  severity: "high",
  purpose: "hardening",
  cis: ["Kubernetes 1.9 5.2.12"],
  types: WORKLOADS,
  check: (resource) =>
    objects(podOf(resource), "volumes")
      .filter((volume) => has(volume, "hostPath"))
      .map((volume) => `The volume ${show(volume.name)} is a hostPath.`),
});
