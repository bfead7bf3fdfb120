import type { CloudFunction } from "../catalogue";
import type { ResourceType, Rule } from "../resourceType";
import { azureType, fixed, input, locationOf, nested, number, object, oneOf, text } from "./azureType";

const CACHE = "azure-native:redisenterprise:RedisEnterprise";
const DATABASE = "azure-native:redisenterprise:Database";

/** Sizes grow; Azure shrinks a cache only to what holds its data, and rarely at all. */
const grows: Rule = ({ inputs }, current) => {
  const [before, after] = [current?.inputs, inputs].map((values) => String(nested(values?.sku, "name") ?? ""));
  const size = (sku: string | undefined) => Number(/\d+$/.exec(sku ?? "")?.[0] ?? 0);
  return current && size(after) < size(before)
    ? `BadRequest: The cache cannot be scaled down from ${before} to ${after}.`
    : undefined;
};

const standbyStays: Rule = ({ inputs }, current) =>
  current?.inputs.highAvailability === "Enabled" && inputs.highAvailability === "Disabled"
    ? "BadRequest: High availability cannot be disabled once it has been enabled."
    : undefined;

/** Azure Managed Redis. Sources: Azure REST API, Microsoft.Cache/redisEnterprise 2025. */
export const cacheTypes: readonly ResourceType[] = [
  azureType({
    token: CACHE,
    kind: "Microsoft.Cache/redisEnterprise",
    name: "clusterName",
    inputs: {
      clusterName: text({ pattern: /(?!.*--)[A-Za-z0-9][A-Za-z0-9-]{0,58}[A-Za-z0-9]/ }),
      sku: object(
        {
          name: text({
            required: true,
            pattern: /(Balanced_B|MemoryOptimized_M|ComputeOptimized_X|FlashOptimized_A)\d+/,
          }),
        },
        { required: true },
      ),
      highAvailability: oneOf("Enabled", "Disabled"),
      minimumTlsVersion: oneOf("1.2"),
      publicNetworkAccess: text({ required: true, values: ["Enabled", "Disabled"] }),
    },
    rules: [grows, standbyStays],
    unique: { property: "clusterName", within: "world" },
    outputs: (made) => ({
      hostName: `${input(made, "clusterName")}.${locationOf(made)}.redis.azure.net`,
      redisVersion: "7.4",
    }),
  }),
  azureType({
    token: DATABASE,
    kind: "Microsoft.Cache/redisEnterprise/databases",
    name: "databaseName",
    parent: { input: "clusterName", type: CACHE },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      databaseName: oneOf("default"),
      clientProtocol: oneOf("Encrypted", "Plaintext"),
      port: fixed(number({ min: 10_000, max: 10_000 })),
      clusteringPolicy: fixed(oneOf("EnterpriseCluster", "OSSCluster", "NoCluster")),
      evictionPolicy: oneOf("AllKeysLRU", "AllKeysLFU", "VolatileLRU", "VolatileLFU", "NoEviction"),
      accessKeysAuthentication: oneOf("Enabled", "Disabled"),
    },
    outputs: () => ({ resourceState: "Running" }),
  }),
];

/** The keys of a cache that lets clients in with one. */
export const listDatabaseKeys: CloudFunction = ({ clusterName, databaseName }) => {
  const key = Buffer.from(`simulated key of ${clusterName}/${databaseName}`).toString("base64");
  return { primaryKey: key, secondaryKey: key };
};
