import { eachContainer, WORKLOADS } from "../frame/containers";
import { isObject, read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A container's GPU request equals its limit. */
export const podGpuLimit = defineRule({
  name: "pod-gpu-limit",
  title: "A container's GPU request equals its limit.",
  why: "Kubernetes refuses the pod otherwise, which shows only after the deployment.",
  fix: "Give nvidia.com/gpu the same number in requests and limits, or in limits alone.",
  severity: "medium",
  purpose: "capacity",
  types: WORKLOADS,
  check: eachContainer((container) => {
    // The name of the resource holds a dot, so it is no path.
    const [request, limit] = ["requests", "limits"].map((part) => {
      const amounts = read(container, `resources.${part}`);
      return isObject(amounts) ? amounts["nvidia.com/gpu"] : undefined;
    });
    if (request === undefined || String(request) === String(limit)) return [];
    return [`nvidia.com/gpu: request ${show(request)}, limit ${show(limit)}; they must be equal.`];
  }),
});
