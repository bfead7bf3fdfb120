import { list, objects } from "../frame/read";
import { defineRule } from "../frame/rule";

/** GKE nodes with GPUs take only pods that ask for one. */
export const gkeGpuTaint = defineRule({
  name: "gke-gpu-taint",
  title: "GKE nodes with GPUs take only pods that ask for one.",
  why: "Other pods fill the machine, and the dear GPU idles.",
  fix: "Add a taint with key nvidia.com/gpu and effect NO_SCHEDULE.",
  severity: "medium",
  purpose: "capacity",
  types: ["gcp:container/nodePool:NodePool"],
  check: ({ props }) => {
    if (list(props, "nodeConfig.guestAccelerators").length === 0) return [];
    const keys = objects(props, "nodeConfig.taints").map(({ key }) => key);
    return keys.includes("nvidia.com/gpu") ? [] : [`taints has ${keys.join(", ") || "none"}; it needs nvidia.com/gpu.`];
  },
});
