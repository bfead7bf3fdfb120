import { objects, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** EKS nodes with GPUs take only pods that ask for one. */
export const eksGpuTaint = defineRule({
  name: "eks-gpu-taint",
  title: "EKS nodes with GPUs take only pods that ask for one.",
  why: "Other pods fill the machine, and the dear GPU idles.",
  fix: "Add a taint with key nvidia.com/gpu and effect NO_SCHEDULE.",
  severity: "medium",
  purpose: "capacity",
  types: ["aws:eks/nodeGroup:NodeGroup"],
  check: ({ props }) => {
    if (!String(read(props, "amiType")).endsWith("_NVIDIA")) return [];
    const keys = objects(props, "taints").map(({ key }) => key);
    return keys.includes("nvidia.com/gpu") ? [] : [`taints has ${keys.join(", ") || "none"}; it needs nvidia.com/gpu.`];
  },
});
