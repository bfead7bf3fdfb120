import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:AgentPool",
  pass: [
    { vmSize: "Standard_D8s_v5" },
    { vmSize: "Standard_NC8as_T4_v3", nodeTaints: ["nvidia.com/gpu=present:NoSchedule"] },
  ],
  fail: [
    {
      props: { vmSize: "Standard_NC8as_T4_v3", nodeTaints: [] },
      problems: ["nodeTaints has none; it needs nvidia.com/gpu."],
    },
  ],
};
