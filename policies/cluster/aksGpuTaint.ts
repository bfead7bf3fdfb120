import { read, texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** AKS nodes with GPUs take only pods that ask for one. */
export const aksGpuTaint = defineRule({
  name: "aks-gpu-taint",
  title: "AKS nodes with GPUs take only pods that ask for one.",
  why: "Other pods fill the machine, and the dear GPU idles.",
  fix: "Add nvidia.com/gpu=present:NoSchedule to nodeTaints.",
  severity: "medium",
  purpose: "capacity",
  types: ["azure-native:containerservice:AgentPool"],
  check: ({ props }) => {
    // Sizes of the N family have accelerators: Standard_NC8as_T4_v3, Standard_ND96asr_v4, Standard_NV36ads_A10_v5.
    if (!/^Standard_N[CDV]/.test(String(read(props, "vmSize")))) return [];
    const taints = texts(props, "nodeTaints");
    return taints.some((taint) => taint.startsWith("nvidia.com/gpu"))
      ? []
      : [`nodeTaints has ${taints.join(", ") || "none"}; it needs nvidia.com/gpu.`];
  },
});
