import { azureFoundation } from "../../stacks/azureFoundation";
import { recordAzure, SUBSCRIPTION } from "../support/azureCloud";
import { parseValues } from "../support/config";

const general = { machineTypes: ["Standard_D4s_v5"], min: 1, max: 3, capacity: "onDemand" };
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/shared/providers/Microsoft.Compute/capacityReservationGroups/gpus`;

const SETTINGS = {
  subscriptionId: SUBSCRIPTION,
  tenantId: "00000000-0000-4000-8000-000000000002",
  region: "westeurope",
  network: { cidr: "10.3.0.0/16", ingressPorts: [443] },
  cluster: {
    version: "1.34",
    administrators: ["00000000-0000-4000-8000-000000000003"],
    systemMachineType: "Standard_D4s_v5",
    encryptionAtHost: true,
    podCidr: "10.200.0.0/16",
    serviceCidr: "10.201.0.0/16",
    maintenanceExclusions: [{ start: "2026-12-20", end: "2026-12-31" }],
    login: "msi",
    nodePools: {
      general: { ...general, maxSurge: "50%", podsPerNode: 60, zones: ["1"] },
      gpu: {
        ...general,
        machineTypes: ["Standard_NC24ads_A100_v4"],
        capacity: { reservationGroupId: GROUP },
        gpu: { type: "nvidia-a100-80gb", partition: "MIG1g", driver: "none" },
        taints: [{ key: "example.com/team", value: "a", effect: "NoSchedule" }],
      },
    },
  },
  database: { machineType: "GP_Standard_D2s_v3", geoRedundantBackup: true, postgresVersion: 16 },
  cache: { size: "Balanced_B3", highlyAvailable: true },
  objects: { redundancy: "zones", coldAfterDays: 60, deletedRetentionDays: 14 },
  logRetentionDays: 120,
  monthlyBudget: 500,
  budgetStartsOn: "2099-01-01",
};

test("everything that the configuration says of Azure arrives in its resources", async () => {
  const alerts = { webhooks: { chat: { azure: "https://chat.example.com/key" } } };
  const values = { "tideline:environment": "dev", "tideline:azure": SETTINGS, "tideline:alerts": alerts };
  const config = parseValues(values, "dev");
  const recording = await recordAzure(() => azureFoundation(config, "dev"));
  const one = (type: string, name: string) => recording.one(type, name).inputs;

  expect(one("azure-native:containerservice:ManagedCluster", "azure-cluster")).toMatchObject({
    networkProfile: { podCidr: "10.200.0.0/16", serviceCidr: "10.201.0.0/16" },
    aadProfile: { adminGroupObjectIDs: ["00000000-0000-4000-8000-000000000003"] },
    agentPoolProfiles: [{ vmSize: "Standard_D4s_v5", enableEncryptionAtHost: true }],
  });
  expect(one("azure-native:containerservice:AgentPool", "azure-cluster-general")).toMatchObject({
    availabilityZones: ["1"],
    maxPods: 60,
    upgradeSettings: { maxSurge: "50%" },
  });
  const gpu = one("azure-native:containerservice:AgentPool", "azure-cluster-gpu");
  expect(gpu).toMatchObject({ gpuInstanceProfile: "MIG1g", gpuProfile: { driver: "None" } });
  for (const word of [GROUP, "example.com/team"]) expect(JSON.stringify(gpu)).toContain(word);
  expect(recording.ofType("azure-native:containerservice:MaintenanceConfiguration")[0]?.inputs).toMatchObject({
    maintenanceWindow: { notAllowedDates: [{ start: "2026-12-20", end: "2026-12-31" }] },
  });
  expect(one("azure-native:dbforpostgresql:Server", "azure-database")).toMatchObject({
    version: "16",
    backup: { geoRedundantBackup: "Enabled" },
  });
  expect(one("azure-native:redisenterprise:RedisEnterprise", "azure-cache")).toMatchObject({
    sku: { name: "Balanced_B3" },
  });
  expect(one("azure-native:storage:StorageAccount", "azure-objects")).toMatchObject({ sku: { name: "Standard_ZRS" } });
  expect(one("azure-native:operationalinsights:Workspace", "azure-alarms")).toMatchObject({ retentionInDays: 120 });
  const group = recording.one("azure-native:monitor:ActionGroup", "azure-alarms");
  expect(group.inputs.webhookReceivers).toEqual([
    { name: "chat", serviceUri: "https://chat.example.com/key", useCommonAlertSchema: true },
  ]);
  expect(group.secretInputs).toContain("webhookReceivers");
  expect(one("azure-native:consumption:Budget", "azure-alarms")).toMatchObject({ amount: 500 });
});
