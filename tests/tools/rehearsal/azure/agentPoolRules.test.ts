import { agentPoolRefusals } from "../../../../tools/rehearsal/azure/agentPoolRules";

const refusals = (pool: Readonly<Record<string, unknown>>) =>
  agentPoolRefusals.flatMap((refusal) => refusal(pool) ?? []);

test.each<[object, string[]]>([
  [{ mode: "User", vmSize: "Standard_D8s_v5", enableAutoScaling: true, minCount: 0, maxCount: 3 }, []],
  [
    { mode: "System", enableAutoScaling: true, minCount: 0, maxCount: 3 },
    ["InvalidParameter: The minimum count of a system node pool must be at least 1."],
  ],
  [{ mode: "System", scaleSetPriority: "Spot" }, ["InvalidParameter: A system node pool cannot be a spot node pool."]],
  [
    { enableAutoScaling: true, minCount: 5, maxCount: 3 },
    ["InvalidParameter: minCount 5 must not exceed maxCount 3, which must be at least 1."],
  ],
  [
    { scaleSetPriority: "Spot", upgradeSettings: { maxSurge: "1" } },
    ["InvalidParameter: Spot pools can't set max surge."],
  ],
  [
    { vmSize: "Standard_D7s_v5" },
    ["BadRequest: The VM size of Standard_D7s_v5 is not allowed in your subscription in this location."],
  ],
  [{ spotMaxPrice: -1 }, ["InvalidParameter: spotMaxPrice can only be set for spot pools."]],
  [
    { vmSize: "Standard_NC8as_T4_v3", gpuInstanceProfile: "MIG1g" },
    ["InvalidParameter: GPU instance profile MIG1g is not supported with VM size Standard_NC8as_T4_v3."],
  ],
  [{ vmSize: "Standard_NC24ads_A100_v4", gpuInstanceProfile: "MIG1g" }, []],
  [
    { vmSize: "Standard_D8s_v5", gpuProfile: { driver: "Install" } },
    ["InvalidParameter: gpuProfile is set, but VM size Standard_D8s_v5 has no GPU."],
  ],
  [
    { nodeTaints: ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"] },
    ["InvalidParameter: Taints with the prefix kubernetes.azure.com are AKS's own."],
  ],
])("the pool %j is refused with %j", (pool, texts) => {
  expect(refusals(pool as Record<string, unknown>)).toEqual(texts);
});
