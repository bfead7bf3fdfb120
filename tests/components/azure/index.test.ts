import type { AzureFoundation, AzureFoundationArgs, AzureNodePoolArgs } from "../../../components/azure";
import { azureCatalogue } from "../../../tools/rehearsal/azure/catalogue";
import { recordAzure } from "../../support/azureCloud";
import { prodArgs as args, build } from "../../support/azureFoundation";
import { plannedChanges } from "../../support/plannedChanges";
import type { Recording } from "../../support/pulumiMocks";

// Each change builds a hundred resources: seconds on a free machine, a minute on a busy one.
jest.setTimeout(300_000);

let applied: Recording<AzureFoundation>;
beforeAll(async () => {
  applied = await recordAzure(build());
});

describe("a change of prod", () => {
  const { general, gpu } = args.cluster.nodePools as Record<"general" | "gpu", AzureNodePoolArgs>;
  const pools = (nodePools: Readonly<Record<string, AzureNodePoolArgs>>) => ({
    cluster: { ...args.cluster, nodePools },
  });
  const cluster = (changes: object) => ({ cluster: { ...args.cluster, ...changes } });
  const database = (changes: object) => ({ database: { ...args.database, ...changes } });
  const [aks, main, small, db] = ["azure-cluster", "azure-cluster-general", "azure-cluster-gpu", "azure-database"];

  // Several at once: each is seen in a resource of its own.
  test.each<[string, Partial<AzureFoundationArgs>, Record<string, string>]>([
    ["nothing", {}, {}],
    [
      "more nodes, fewer at least and a taint",
      pools({
        general: { ...general, min: 1, max: 20 },
        gpu: { ...gpu, taints: [{ key: "team", value: "ml", effect: "NoSchedule" }] },
      }),
      { [main]: "update", [small]: "update" },
    ],
    [
      "a label of nodes and faster upgrades",
      pools({ general: { ...general, labels: { team: "ml" } }, gpu: { ...gpu, maxSurge: "50%" } }),
      { [main]: "update", [small]: "update" },
    ],
    [
      "a pool more and a pool fewer",
      pools({ general, batch: general }),
      { "azure-cluster-batch": "create", [small]: "delete" },
    ],
    [
      "the next version, one address of NAT, a larger database and a larger cache",
      {
        ...cluster({ version: "1.35" }),
        ...database({ machineType: "GP_Standard_D8s_v3" }),
        network: { ...args.network, nat: "single" },
        cache: { size: "Balanced_B10" },
      },
      {
        [aks]: "update",
        [db]: "update",
        "azure-cache": "update",
        "azure-network-nat": "update",
        "azure-network-nat-1": "delete",
        "azure-network-nat-2": "delete",
      },
    ],
    [
      "a way in, a port for the internet, more storage and another replica of images",
      {
        ...cluster({ publicAccessCidrs: ["203.0.113.0/24"] }),
        ...database({ storageGb: 600 }),
        network: { ...args.network, ingressPorts: [443] },
        registry: { replicaLocations: ["northeurope", "uksouth"] },
      },
      {
        [aks]: "update",
        [db]: "update",
        "azure-network-nodes": "update",
        "azure-network-public": "update",
        "azure-registry-uksouth": "create",
      },
    ],
    [
      "administrators, no standby, later cooling and longer logs",
      {
        ...cluster({ administratorGroupIds: ["00000000-0000-4000-8000-000000000009"] }),
        ...database({ highlyAvailable: false }),
        objects: { coldAfterDays: 180 },
        alarms: { ...args.alarms, logRetentionDays: 365 },
      },
      { [aks]: "update", [db]: "update", "azure-objects": "update", "azure-alarms": "update" },
    ],
    [
      "days without upgrades, longer backups, and another system pool, which only a new cluster would have",
      {
        ...cluster({
          maintenanceExclusions: [{ start: "2026-12-20", end: "2027-01-03" }],
          systemMachineType: "Standard_D8s_v5",
        }),
        ...database({ backupRetentionDays: 35 }),
      },
      { [db]: "update", "azure-cluster-saturday": "update", "azure-cluster-sunday": "update" },
    ],
  ])("for %s replaces nothing", async (_, changes, expected) => {
    const after = await recordAzure(build(changes));
    expect(plannedChanges(azureCatalogue, applied, after)).toEqual(expected);
  });

  test.each<[string, AzureNodePoolArgs, AzureNodePoolArgs]>([
    ["larger disks or machines", { ...general, diskGb: 256 }, { ...gpu, machineTypes: ["Standard_NC16as_T4_v3"] }],
    ["fewer pods a node or spot", { ...general, podsPerNode: 50 }, { ...gpu, capacity: "spot" }],
    [
      "fewer zones or no driver",
      { ...general, zones: ["1"] },
      { ...gpu, gpu: { type: "nvidia-tesla-t4", driver: "none" } },
    ],
  ])("for %s puts a new pool beside the old one, under a name of its own", async (_, one, other) => {
    const after = await recordAzure(build(pools({ general: one, gpu: other })));
    const changes = plannedChanges(azureCatalogue, applied, after);
    expect(Object.keys(changes).sort()).toEqual([main, small]);
    for (const change of Object.values(changes)) expect(change).toMatch(/^replace for .*\bagentPoolName\b/);
  });
});
