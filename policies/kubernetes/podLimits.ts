import { eachContainer, WORKLOADS } from "../frame/containers";
import { has } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Containers say how much memory and processor they need, and their most memory. */
export const podLimits = defineRule({
  name: "pod-limits",
  title: "Containers say how much memory and processor they need, and their most memory.",
  why: "One leak takes down the neighbours otherwise, and the scheduler packs blindly.",
  fix: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
  severity: "medium",
  purpose: "capacity",
  types: WORKLOADS,
  check: eachContainer((container) =>
    ["requests.cpu", "requests.memory", "limits.memory"]
      .filter((part) => !has(container, `resources.${part}`))
      .map((part) => `resources.${part} is not set.`),
  ),
});
