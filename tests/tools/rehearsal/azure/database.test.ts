import { AzureWorld } from "../../../support/azureCloud";

const SERVER = "dbforpostgresql:Server";

function start({ delegated = true, linked = true, zone = "db.private.postgres.database.azure.com" } = {}) {
  const world = new AzureWorld();
  const network = world.create("network:VirtualNetwork", {
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.3.0.0/16"] },
  });
  const subnet = world.create("network:Subnet", {
    subnetName: "database",
    virtualNetworkName: "net",
    addressPrefix: "10.3.1.0/24",
    ...(delegated ? { delegations: [{ name: "d", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }] } : {}),
  });
  const { id: privateZone } = world.create("privatedns:PrivateZone", { privateZoneName: zone, location: "global" });
  if (linked) {
    world.create("privatedns:VirtualNetworkLink", {
      virtualNetworkLinkName: "network",
      privateZoneName: zone,
      location: "global",
      virtualNetwork: { id: network.id },
    });
  }
  const inputs = (changes: object = {}) => ({
    serverName: "db-1",
    version: "17",
    administratorLogin: "tideline",
    administratorLoginPassword: "Abcdefgh12345678",
    sku: { name: "Standard_D4s_v3", tier: "GeneralPurpose" },
    storage: { storageSizeGB: 128, autoGrow: "Enabled" },
    backup: { backupRetentionDays: 7, geoRedundantBackup: "Enabled" },
    network: { delegatedSubnetResourceId: subnet.id, privateDnsZoneArmResourceId: privateZone },
    ...changes,
  });
  return { world, subnet, inputs };
}

test("a private server wants its own subnet and a zone that its network resolves", () => {
  const closed = start({ delegated: false });
  expect(() => closed.world.create(SERVER, closed.inputs())).toThrow(
    `VirtualNetworkSubnetNotDelegated: Subnet ${closed.subnet.id} must be delegated to Microsoft.DBforPostgreSQL/flexibleServers.`,
  );
  const unlinked = start({ linked: false });
  expect(() => unlinked.world.create(SERVER, unlinked.inputs())).toThrow("PrivateDnsZoneNotLinked");
  const foreign = start({ zone: "db.example.com" });
  expect(() => foreign.world.create(SERVER, foreign.inputs())).toThrow(
    "InvalidPrivateDnsZoneName: db.example.com must end with .postgres.database.azure.com.",
  );
});

test.each<[string, object, string]>([
  ["a size of another tier", { sku: { name: "Standard_E4s_v3", tier: "GeneralPurpose" } }, "ServerSkuNotAvailable"],
  [
    "a standby that burstable sizes have not",
    { sku: { name: "Standard_B1ms", tier: "Burstable" }, highAvailability: { mode: "ZoneRedundant" } },
    "HADisabledForBurstableServer",
  ],
  ["storage of 100 GiB", { storage: { storageSizeGB: 100 } }, "InvalidStorageSize: 100 GiB; allowed are 32, 64, 128"],
  ["a plain password", { administratorLoginPassword: "password" }, "PasswordNotComplex"],
  ["a reserved login", { administratorLogin: "admin" }, "administratorLogin: found"],
  ["backups of 3 days", { backup: { backupRetentionDays: 3 } }, "backup.backupRetentionDays: found 3"],
])("a server with %s is refused", (_, changes, text) => {
  const { world, inputs } = start();
  expect(() => world.create(SERVER, inputs(changes))).toThrow(text);
});

test.each<[string, object, string]>([
  [
    "other backups",
    { backup: { backupRetentionDays: 7, geoRedundantBackup: "Disabled" } },
    "ServerPropertyUpdateNotAllowed: 'backup.geoRedundantBackup' is settled when the server is made and cannot be changed.",
  ],
  ["less storage", { storage: { storageSizeGB: 64 } }, "StorageSizeCannotBeReduced"],
  ["an older version", { version: "16" }, "MajorVersionDowngradeNotSupported: 17 to 16."],
])("a server is not changed to %s", (_, changes, text) => {
  const { world, inputs } = start();
  const { id } = world.create(SERVER, inputs());
  expect(() => world.update(SERVER, id, inputs(changes))).toThrow(text);
});

test.each([
  ["shared_buffers", "128MB", "ConfigurationNotExists: The configuration 'shared_buffers' does not exist."],
  ["log_connections", "maybe", "InvalidParameterValue: 'maybe' is not allowed for configuration 'log_connections'."],
])("the setting %s = %s is refused", (configurationName, value, text) => {
  const { world, inputs } = start();
  world.create(SERVER, inputs());
  const setting = { configurationName, value, serverName: "db-1" };
  expect(() => world.create("dbforpostgresql:Configuration", setting)).toThrow(text);
});

test("names are unique in the world", () => {
  const { world, inputs } = start();
  world.create(SERVER, inputs());
  expect(() => world.create(SERVER, inputs())).toThrow(
    "ServerNameAlreadyExists: The name or resource 'db-1' is already taken.",
  );
});
