import { AzureFoundation, type AzureFoundationArgs } from "../../../components/azure/foundation";
import { recordAzure, recordBoth } from "../../support/azureCloud";
import { isSecret, type Recorded, type Recording, unwrap } from "../../support/pulumiMocks";

const args: AzureFoundationArgs = {
  stack: "prod",
  environment: "prod",
  location: "westeurope",
  tenantId: "11111111-2222-4333-8444-555555555555",
  network: { cidr: "10.3.0.0/16", zones: 3, nat: "onePerZone" },
  cluster: {
    version: "1.34",
    nodePools: {
      general: { machineTypes: ["Standard_D8s_v5"], min: 2, max: 15 },
      gpu: { machineTypes: ["Standard_NC8as_T4_v3"], min: 0, max: 4, gpu: { type: "nvidia-tesla-t4" } },
    },
  },
  database: { machineType: "GP_Standard_D4s_v3", storageGb: 512, backupRetentionDays: 30 },
  alarms: { contacts: { emails: ["ml@example.com"] }, budget: { monthly: 1000, startsOn: "2026-12-01" } },
};
const build =
  (changes: Partial<AzureFoundationArgs> = {}) =>
  () =>
    new AzureFoundation("azure", { ...args, ...changes });
const dev: Partial<AzureFoundationArgs> = {
  stack: "dev",
  environment: "dev",
  network: { cidr: "10.3.0.0/16", zones: 1, nat: "single" },
  cluster: { version: "1.34", nodePools: { general: { machineTypes: ["Standard_D4s_v5"], min: 0, max: 3 } } },
  database: { machineType: "B_Standard_B1ms" },
};
/** The second of both; the first is the plan. */
function applied<T>(recordings: readonly Recording<T>[]): Recording<T> {
  const [, recording] = recordings;
  if (!recording) throw new Error("Nothing was recorded.");
  return recording;
}
const hasTags = ({ custom, type }: Recorded) =>
  custom && /:(Vault|Server|ManagedCluster|AgentPool|VirtualNetwork|Registry)$/.test(type);

describe("the foundation of prod", () => {
  let both: readonly Recording<AzureFoundation>[];
  beforeAll(async () => {
    both = await recordBoth(build());
  });

  test("is what the simulated Azure takes, each part under its component and named from it", () => {
    for (const { resources } of both) {
      expect(resources).toHaveLength(125);
      const stray = resources.filter(({ name, parent }) => name !== "azure" && parent === "");
      expect(stray).toEqual([]);
      const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
      const misnamed = resources.filter(({ name, parent }) => {
        const above = byUrn.get(parent);
        return above !== undefined && !name.startsWith(above.name);
      });
      expect(misnamed).toEqual([]);
    }
  });

  test("says what every cloud says, kubeconfig as a secret", async () => {
    const { result, resources } = applied(both);
    const { network, cluster, database, objects, cache, registry, secrets, alarms, identities } = result;
    expect(await unwrap(network.natAddresses)).toHaveLength(3);
    expect(await unwrap(cluster.endpoint)).toMatch(
      /^https:\/\/tideline-prod-azure-cluster-[0-9a-f]{8}\.private\.westeurope\.azmk8s\.io:443$/,
    );
    expect(await isSecret(cluster.kubeconfig)).toBe(true);
    expect(await unwrap(objects.modelsUrl)).toMatch(/^azblob:\/\/models\?account=[a-z0-9]{3,24}$/);
    expect(await unwrap(database.host)).toMatch(
      /^tideline-prod-azure-database-[0-9a-f]{8}\.postgres\.database\.azure\.com$/,
    );
    expect(await unwrap(database.passwordSecret)).toMatch(
      /\/vaults\/[^/]+\/secrets\/tideline-prod-azure-database-password$/,
    );
    expect(await unwrap(cache.port)).toBe(10_000);
    expect(await unwrap(registry.url)).toMatch(/^tidelineprodazureregistry[0-9a-f]{16}\.azurecr\.io$/);
    expect(await unwrap(secrets.keyId)).toMatch(/^https:\/\/[a-z0-9-]{3,24}\.vault\.azure\.net\/keys\/vault$/);
    expect(await unwrap(alarms.channel)).toMatch(/\/actionGroups\/tideline-prod-azure-alarms$/);
    expect(Object.keys(identities)).toEqual(["serving", "training", "drift"]);
    const silent = resources.filter(({ custom, outputs }) => !custom && outputs === undefined);
    expect(silent).toEqual([]);
  });

  test("tags what can be tagged with stack, environment and component", () => {
    for (const { resources } of both) {
      for (const { name, inputs } of resources.filter(hasTags)) {
        expect({ name, ...(inputs.tags as object | undefined) }).toMatchObject({
          name,
          "managed-by": "tideline",
          stack: "prod",
          environment: "prod",
        });
      }
    }
  });

  test("leaves nothing open to the public, and no account but Entra's", () => {
    for (const recording of both) {
      const inputs = (type: string) => recording.one(`azure-native:${type}`).inputs;
      expect(inputs("storage:StorageAccount")).toMatchObject({
        publicNetworkAccess: "Disabled",
        allowBlobPublicAccess: false,
        allowSharedKeyAccess: false,
      });
      expect(inputs("keyvault:Vault").properties).toMatchObject({ publicNetworkAccess: "Disabled" });
      expect(inputs("redisenterprise:RedisEnterprise").publicNetworkAccess).toBe("Disabled");
      expect(inputs("containerregistry:Registry")).toMatchObject({
        publicNetworkAccess: "Disabled",
        adminUserEnabled: false,
        anonymousPullEnabled: false,
      });
      expect(inputs("dbforpostgresql:Server").network).toMatchObject({ publicNetworkAccess: "Disabled" });
      expect(inputs("containerservice:ManagedCluster")).toMatchObject({
        disableLocalAccounts: true,
        apiServerAccessProfile: { enablePrivateCluster: true, disableRunCommand: true },
      });
    }
  });

  test("locks and protects cluster, database, objects and vault", () => {
    const recording = applied(both);
    const locks = recording.ofType("azure-native:authorization:ManagementLockByScope").map(({ name }) => name);
    expect(locks.sort()).toEqual([
      "azure-cluster-lock",
      "azure-database-lock",
      "azure-objects-lock",
      "azure-secrets-lock",
    ]);
    const guarded = recording.resources.filter(({ protect }) => protect).map(({ name }) => name);
    expect(guarded).toEqual(expect.arrayContaining(["azure-cluster", "azure-database", "azure-objects"]));
  });
});

test("a foundation that may go has neither locks nor protection", async () => {
  const recording = await recordAzure(build({ deletionProtection: false }));
  expect(recording.ofType("azure-native:authorization:ManagementLockByScope")).toEqual([]);
  expect(recording.resources.filter(({ protect }) => protect)).toEqual([]);
});

test("dev is small, and its cluster takes every pod on its system pool while the others are spot", async () => {
  for (const recording of await recordBoth(build(dev))) {
    const cluster = recording.one("azure-native:containerservice:ManagedCluster").inputs;
    expect(cluster.sku).toEqual({ name: "Base", tier: "Free" });
    expect(cluster.agentPoolProfiles).toMatchObject([{ name: "system", minCount: 1, nodeTaints: [] }]);
    expect(recording.one("azure-native:containerservice:AgentPool").inputs).toMatchObject({
      scaleSetPriority: "Spot",
      spotMaxPrice: -1,
    });
    expect(recording.one("azure-native:storage:StorageAccount").inputs.sku).toEqual({ name: "Standard_LRS" });
    expect(recording.one("azure-native:dbforpostgresql:Server").inputs).toMatchObject({
      sku: { name: "Standard_B1ms", tier: "Burstable" },
      backup: { geoRedundantBackup: "Disabled" },
      highAvailability: { mode: "Disabled" },
    });
  }
});

test("a location that is none is refused while planning", async () => {
  await expect(recordAzure(build({ location: "West Europe" }))).rejects.toThrow(
    'AzureFoundation "azure" cannot be planned:\n  location is "West Europe", which is no location\'s name; give one such as westeurope, in lower case without spaces.',
  );
});
