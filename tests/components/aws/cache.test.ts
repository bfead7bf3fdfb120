import { AwsCache, type AwsCacheArgs, cacheProblems } from "../../../components/aws/cache";
import { AwsNetwork } from "../../../components/aws/network";
import { place, recordAws } from "../../support/awsCloud";
import { unwrap } from "../../support/pulumiMocks";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";

function build(changes: Partial<AwsCacheArgs> = {}) {
  const network = new AwsNetwork("net", { place: place(), cidr: "10.1.0.0/16", zones: 2, nat: "none" });
  const { networkId, databaseSubnetIds: subnetIds } = network;
  return new AwsCache("cache", { place: place(), networkId, subnetIds, clientCidrs: ["10.1.0.0/16"], ...changes });
}

test("prod's has TLS, a password, encryption and a standby in another zone", async () => {
  const recording = await recordAws(() => build());
  const group = recording.one(GROUP);
  expect(group.inputs).toMatchObject({
    engine: "valkey",
    nodeType: "cache.r7g.large",
    numCacheClusters: 2,
    automaticFailoverEnabled: true,
    multiAzEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    atRestEncryptionEnabled: true,
    snapshotRetentionLimit: 7,
  });
  expect(group.secretInputs).toContain("authToken");
  expect(await unwrap(recording.result.host)).toMatch(/^master\.tideline-prod-cache\..*\.cache\.amazonaws\.com$/);
  expect(await unwrap(recording.result.passwordSecret)).toMatch(/:secret:tideline-prod-cache-password-/);
});

test("dev's is one small node", async () => {
  const recording = await recordAws(() => build({ place: place("dev") }));
  expect(recording.one(GROUP).inputs).toMatchObject({
    nodeType: "cache.t4g.small",
    numCacheClusters: 1,
    automaticFailoverEnabled: false,
    multiAzEnabled: false,
    snapshotRetentionLimit: 0,
  });
});

test.each<[Partial<AwsCacheArgs>, string]>([
  [
    { nodeType: "r7g.large" },
    'nodeType is "r7g.large", which is no node type of ElastiCache; give one such as cache.r7g.large.',
  ],
  [{ nodes: 7 }, "nodes is 7; give 1 to 6, one that is written to and up to five that follow."],
  [{ nodes: 1 }, "nodes is 1 in prod, where one zone's failure would empty the cache; give at least 2."],
  [
    { clientCidrs: ["0.0.0.0/0"] },
    "clientCidrs[0] is \"0.0.0.0/0\"; give IPv4 networks in CIDR notation, such as the VPC's, not everyone's.",
  ],
])("%j is refused while planning", (changes, text) => {
  const args = { place: place(), networkId: "", subnetIds: [], clientCidrs: ["10.1.0.0/16"], ...changes };
  expect(cacheProblems(args).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
