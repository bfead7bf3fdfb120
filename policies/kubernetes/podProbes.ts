import { podOf, SERVING_WORKLOADS } from "../frame/containers";
import { has, objects, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Services say when they are ready and alive. */
export const podProbes = defineRule({
  name: "pod-probes",
  title: "Services say when they are ready and alive.",
  why: "Requests go to a pod that is still loading its model, and a stuck one stays.",
  fix: "Give every container a readinessProbe and a livenessProbe.",
  severity: "medium",
  purpose: "availability",
  types: SERVING_WORKLOADS,
  check: (resource) =>
    objects(podOf(resource), "containers").flatMap((container) =>
      ["readinessProbe", "livenessProbe"]
        .filter((probe) => !has(container, probe))
        .map((probe) => `Container ${show(container.name)}: ${probe} is not set.`),
    ),
});
