import { GcpWorld, peeredNetwork } from "../../../support/gcpCloud";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";

function start(peered = true) {
  const world = new GcpWorld();
  const network = peered ? peeredNetwork(world).network : world.create("gcp:compute/network:Network", { name: "net" });
  const instance = (settings: object = {}, inputs: object = {}) => ({
    name: "db",
    region: "europe-west4",
    databaseVersion: "POSTGRES_17",
    deletionProtection: false,
    settings: {
      tier: "db-custom-4-16384",
      diskSize: 100,
      ipConfiguration: { ipv4Enabled: false, privateNetwork: network.selfLink },
      ...settings,
    },
    ...inputs,
  });
  return { world, instance };
}

test.each<[string, object, string]>([
  [
    "a tier of another edition",
    { tier: "db-perf-optimized-N-8" },
    "googleapi: Error 400: Invalid request: Invalid Tier (db-perf-optimized-N-8) for (ENTERPRISE) Edition., invalid",
  ],
  [
    "an odd tier",
    { tier: "db-custom-3-8192" },
    "googleapi: Error 400: Invalid request: Invalid Tier (db-custom-3-8192)., invalid",
  ],
  ["another cloud's tier", { tier: "db.r5.2xlarge" }, "Invalid Tier (db.r5.2xlarge)., invalid"],
  [
    "a month of logs",
    { backupConfiguration: { transactionLogRetentionDays: 30 } },
    "transactionLogRetentionDays must be between 1 and 7, found 30., invalid",
  ],
  [
    "no way in",
    { ipConfiguration: { ipv4Enabled: false } },
    "At least one of Public IP or Private IP or PSC connectivity must be enabled., invalid",
  ],
  [
    "an unknown flag",
    { databaseFlags: [{ name: "rds.force_ssl", value: "1" }] },
    'settings.databaseFlags[0].name: found "rds.force_ssl"',
  ],
])("an instance with %s is refused", (_, settings, text) => {
  const { world, instance } = start();
  expect(() => world.create(INSTANCE, instance(settings))).toThrow(text);
});

test("a private address needs the peering with Google's service producers", () => {
  const { world, instance } = start(false);
  expect(() => world.create(INSTANCE, instance())).toThrow("SERVICE_NETWORKING_NOT_ENABLED");
});

test("storage never shrinks, and a protected instance stays", () => {
  const { world, instance } = start();
  const { id } = world.create(INSTANCE, instance());
  expect(() => world.update(INSTANCE, id, instance({ diskSize: 50 }))).toThrow(
    "googleapi: Error 400: Invalid request: Disk size cannot be decreased from 100 to 50., invalid",
  );
  world.update(INSTANCE, id, instance({ diskSize: 200 }, { deletionProtection: true }));
  expect(() => world.delete(INSTANCE, id)).toThrow("Cannot destroy db because deletionProtection is set to true.");
  world.update(INSTANCE, id, instance({ diskSize: 200 }));
  world.delete(INSTANCE, id);
});
