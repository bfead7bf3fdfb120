import { AzureWorld } from "../../../support/azureCloud";

const REGISTRY = "containerregistry:Registry";

test.each<[object, string]>([
  [{ publicNetworkAccess: "Disabled" }, "publicNetworkAccess"],
  [{ networkRuleSet: { defaultAction: "Deny" } }, "networkRuleSet"],
  [{ zoneRedundancy: "Enabled" }, "zoneRedundancy"],
  [{ policies: { retentionPolicy: { status: "enabled", days: 30 } } }, "policies.retentionPolicy"],
])("%j needs sku Premium", (changes, property) => {
  const inputs = { registryName: "images1", sku: { name: "Standard" }, ...changes };
  expect(() => new AzureWorld().create(REGISTRY, inputs)).toThrow(
    `FeatureNotSupportedForSku: ${property} is available in registries of sku Premium alone.`,
  );
  expect(new AzureWorld().create(REGISTRY, { ...inputs, sku: { name: "Premium" } }).loginServer).toBe(
    "images1.azurecr.io",
  );
});

test("replicas need sku Premium and another location", () => {
  const replica = (sku: string, location: string) => {
    const world = new AzureWorld();
    world.create(REGISTRY, { registryName: "images1", sku: { name: sku } });
    return world.create("containerregistry:Replication", {
      replicationName: "replica1",
      registryName: "images1",
      location,
    });
  };
  expect(() => replica("Standard", "northeurope")).toThrow(
    "ReplicationNotSupported: Registry images1 is of sku Standard; replicas need Premium.",
  );
  expect(() => replica("Premium", "westeurope")).toThrow("ReplicationAlreadyExists");
  expect(replica("Premium", "northeurope").provisioningState).toBe("Succeeded");
});
