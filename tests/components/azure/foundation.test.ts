import type { AzureFoundation, AzureFoundationArgs } from "../../../components/azure/foundation";
import { recordAzure, recordBoth } from "../../support/azureCloud";
import { build } from "../../support/azureFoundation";
import { isSecret, type Recorded, type Recording, unwrap } from "../../support/pulumiMocks";

const dev: Partial<AzureFoundationArgs> = {
  stack: "dev",
  environment: "dev",
  network: { cidr: "10.3.0.0/16", zones: 1, nat: "single" },
  cluster: { version: "1.34", nodePools: { general: { machineTypes: ["Standard_D4s_v5"], min: 0, max: 3 } } },
  database: { machineType: "B_Standard_B1ms" },
};
const hasTags = ({ custom, type }: Recorded) =>
  custom && /:(Vault|Server|ManagedCluster|AgentPool|VirtualNetwork|Registry)$/.test(type);

// A hundred resources, planned and applied: seconds on a free machine, a minute on a busy one.
jest.setTimeout(300_000);

let both: readonly [Recording<AzureFoundation>, Recording<AzureFoundation>];
let applied: Recording<AzureFoundation>;
beforeAll(async () => {
  both = await recordBoth(build());
  [, applied] = both;
});

describe("the foundation of prod", () => {
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
    const { result, resources } = applied;
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
    const locks = applied.ofType("azure-native:authorization:ManagementLockByScope").map(({ name }) => name);
    expect(locks.sort()).toEqual([
      "azure-cluster-lock",
      "azure-database-lock",
      "azure-objects-lock",
      "azure-secrets-lock",
    ]);
    const guarded = applied.resources.filter(({ protect }) => protect).map(({ name }) => name);
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

test.each<[string, Partial<AzureFoundationArgs>, string]>([
  [
    "a location's title",
    { location: "West Europe" },
    'location is "West Europe", which is no location\'s name; give one such as westeurope, in lower case without spaces.',
  ],
  [
    "a domain for a tenant",
    { tenantId: "example.onmicrosoft.com" },
    'tenantId is "example.onmicrosoft.com", which is no directory id; give the UUID that az account show calls tenantId.',
  ],
])("%s is refused while planning", (_, changes, text) => {
  expect(build(changes)).toThrow(`AzureFoundation "azure" cannot be planned:\n  ${text}`);
});
