import { simulatedAws } from "../../../support/awsCloud";

const token = "aws:elasticache/replicationGroup:ReplicationGroup";
const group = { replicationGroupId: "cache", description: "a", engine: "valkey", numCacheClusters: 2 };

test.each<[string, object, string]>([
  [
    "a password without TLS",
    { authToken: "x".repeat(40) },
    "InvalidParameterCombination: AUTH token is only supported when encryption-in-transit is enabled",
  ],
  [
    "failover of one node",
    { numCacheClusters: 1, automaticFailoverEnabled: true },
    "InvalidParameterCombination: When using automatic failover, there must be at least 2 cache clusters",
  ],
  [
    "a node type that there is not",
    { nodeType: "cache.t4g.large" },
    "InvalidParameterValue: The cache node type cache.t4g.large is not supported",
  ],
  ["a name of 41 characters", { replicationGroupId: "x".repeat(41) }, "at most 40 are allowed"],
])("%s is refused", (_, changes, text) => {
  expect(() => simulatedAws().create(token, { ...group, ...changes })).toThrow(text);
});

test("clients connect to the one that is written to", () => {
  const { outputs } = simulatedAws().create(token, group);
  expect(outputs.primaryEndpointAddress).toMatch(/^master\.cache\.c[0-9a-z]+\.us-east-1\.cache\.amazonaws\.com$/);
});
