import * as fc from "fast-check";
import {
  type AzureNodePoolArgs,
  agentPoolName,
  nodePoolProblems,
  nodePoolShape,
} from "../../../components/azure/nodePoolShape";

const general: AzureNodePoolArgs = { machineTypes: ["Standard_D8s_v5"], min: 2, max: 15 };
const gpu: AzureNodePoolArgs = {
  machineTypes: ["Standard_NC64as_T4_v3"],
  min: 0,
  max: 4,
  gpu: { type: "nvidia-tesla-t4" },
};
const zones = ["1", "2", "3"];
const GPU = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };
const SPOT = { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" };

test("pods know a pool by its labels, taints and accelerators", () => {
  expect(nodePoolShape("general", general, "prod")).toEqual({
    labels: { "tideline.dev/pool": "general" },
    taints: [],
    gpusPerNode: 0,
  });
  expect(nodePoolShape("gpu", gpu, "prod")).toEqual({
    labels: { "tideline.dev/pool": "gpu", workload: "ml" },
    taints: [GPU],
    gpusPerNode: 4,
  });
});

test("off prod pools are spot, with AKS's own taint, unless the caller says otherwise", () => {
  expect(nodePoolShape("general", general, "dev").taints).toEqual([SPOT]);
  expect(nodePoolShape("gpu", gpu, "staging").taints).toEqual([GPU, SPOT]);
  expect(nodePoolShape("general", { ...general, capacity: "onDemand" }, "dev").taints).toEqual([]);
});

describe("the name of a pool", () => {
  test("is at most 12 lower-case letters and digits, whatever the pool is called", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9-]{0,31}$/), (pool) => {
        expect(agentPoolName(pool, general, "prod", zones)).toMatch(/^[a-z][a-z0-9]{0,11}$/);
      }),
    );
  });

  test("stays when nodes, labels, taints or upgrades change", () => {
    const name = agentPoolName("general", general, "prod", zones);
    const changes: Partial<AzureNodePoolArgs>[] = [{ min: 0 }, { max: 99 }, { labels: { a: "b" } }, { maxSurge: "1" }];
    for (const change of changes) {
      expect(agentPoolName("general", { ...general, ...change }, "prod", zones)).toBe(name);
    }
  });

  test("changes with all that only a new pool can have, and differs between pools of like names", () => {
    const reservationGroupId =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/capacityReservationGroups/c";
    const names = [
      agentPoolName("general", general, "prod", zones),
      agentPoolName("gene-ral", general, "prod", zones),
      agentPoolName("general", general, "dev", zones),
      agentPoolName("general", general, "prod", ["1"]),
      ...[
        { machineTypes: ["Standard_D16s_v5"] },
        { diskGb: 256 },
        { podsPerNode: 50 },
        { capacity: { reservationGroupId } },
        { gpu: { type: "nvidia-tesla-t4" } },
      ].map((change) => agentPoolName("general", { ...general, ...change }, "prod", zones)),
    ];
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("a pool is refused with", () => {
  test.each<[string, Partial<AzureNodePoolArgs>, string]>([
    [
      "two sizes",
      { machineTypes: ["Standard_D8s_v5", "Standard_D16s_v5"] },
      "pool.machineTypes is [Standard_D8s_v5, Standard_D16s_v5]; an AKS pool has exactly one VM size. Make a pool for each.",
    ],
    [
      "another cloud's size",
      { machineTypes: ["m5.2xlarge"] },
      'pool.machineTypes has "m5.2xlarge", which is no VM size of Azure; give one such as Standard_D8s_v5.',
    ],
    ["min above max", { min: 20 }, "pool.min is 20, above max 15; allowed are 0 to 15."],
    ["no nodes at all", { min: 0, max: 0 }, "pool.max is 0; allowed are 1 to 1000. Remove the pool to have none."],
    ["a tiny disk", { diskGb: 20 }, "pool.diskGb is 20; allowed are 30 to 2048 GiB."],
    ["too many pods", { podsPerNode: 256 }, "pool.podsPerNode is 256; allowed are 10 to 250."],
    ["no surge", { maxSurge: "0" }, 'pool.maxSurge is "0"; give a number from 1, or a percentage such as 33%.'],
    ["a stray zone", { zones: ["4"] }, 'pool.zones has "4", which the cluster does not span; allowed are 1, 2, 3.'],
    [
      "a label of AKS's own",
      { labels: { "kubernetes.azure.com/mode": "system" } },
      'pool.labels has "kubernetes.azure.com/mode"; AKS keeps kubernetes.azure.com for itself. Choose another prefix.',
    ],
    [
      "a reservation's name",
      { capacity: { reservationGroupId: "ours" } },
      'pool.capacity.reservationGroupId is "ours"; give the id of a capacity reservation group, /subscriptions/.../capacityReservationGroups/NAME.',
    ],
    [
      "accelerators unnamed",
      { machineTypes: ["Standard_NC8as_T4_v3"] },
      "pool.gpu is missing, but Standard_NC8as_T4_v3 comes with nvidia-tesla-t4; name it, or choose a size without.",
    ],
    [
      "another accelerator than the size has",
      { machineTypes: ["Standard_NC8as_T4_v3"], gpu: { type: "nvidia-a10" } },
      'pool.gpu.type is "nvidia-a10", which Standard_NC8as_T4_v3 does not carry; it needs Standard_NV36ads_A10_v5, Standard_NV72ads_A10_v5.',
    ],
    [
      "more accelerators than the size has",
      { machineTypes: ["Standard_NC8as_T4_v3"], gpu: { type: "nvidia-tesla-t4", count: 4 } },
      "pool.gpu.count is 4; Standard_NC8as_T4_v3 has 1.",
    ],
    [
      "parts of what cannot be cut",
      { machineTypes: ["Standard_NC8as_T4_v3"], gpu: { type: "nvidia-tesla-t4", partition: "MIG1g" } },
      "pool.gpu.partition is MIG1g, but nvidia-tesla-t4 has no MIG; allowed with nvidia-tesla-a100, nvidia-a100-80gb, nvidia-h100-80gb, nvidia-h100-94gb, nvidia-h200-141gb.",
    ],
  ])("%s", (_, changes, text) => {
    const problems = nodePoolProblems("pool", { ...general, ...changes }, zones);
    expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
  });
});
