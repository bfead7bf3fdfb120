import { listDatabaseKeys } from "../../../../tools/rehearsal/azure/cache";
import { AzureWorld } from "../../../support/azureCloud";

const CACHE = "redisenterprise:RedisEnterprise";
const inputs = (changes: object = {}) => ({
  clusterName: "cache-1",
  sku: { name: "Balanced_B5" },
  highAvailability: "Enabled",
  publicNetworkAccess: "Disabled",
  ...changes,
});

test("a cache grows, never shrinks, and keeps its standby", () => {
  const world = new AzureWorld();
  const { id, hostName } = world.create(CACHE, inputs());
  expect(hostName).toBe("cache-1.westeurope.redis.azure.net");
  world.update(CACHE, id, inputs({ sku: { name: "Balanced_B10" } }));
  expect(() => world.update(CACHE, id, inputs())).toThrow(
    "BadRequest: The cache cannot be scaled down from Balanced_B10 to Balanced_B5.",
  );
  const changes = { sku: { name: "Balanced_B10" }, highAvailability: "Disabled" };
  expect(() => world.update(CACHE, id, inputs(changes))).toThrow(
    "BadRequest: High availability cannot be disabled once it has been enabled.",
  );
});

test("each cache has a key of its own", () => {
  const made = {
    name: "",
    inputs: {},
    account: "",
    region: "",
    sequence: 0,
    world: { resources: [], find: () => undefined },
  };
  const key = (clusterName: string) => listDatabaseKeys({ clusterName, databaseName: "default" }, made).primaryKey;
  expect(key("a")).toBe(key("a"));
  expect(key("a")).not.toBe(key("b"));
});
