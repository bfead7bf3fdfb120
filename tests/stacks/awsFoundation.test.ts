import { awsFoundation } from "../../stacks/awsFoundation";
import { recordAws } from "../support/awsCloud";
import { parseValues } from "../support/config";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
const base = {
  accountId: "123456789012",
  region: "us-east-1",
  database: { machineType: "db.t4g.medium", maxStorageGb: 300, password: "generated" },
};

function build(aws: object, rest: object = {}) {
  const config = parseValues({ "tideline:environment": "dev", "tideline:aws": { ...base, ...aws }, ...rest }, "dev");
  return recordAws(() => awsFoundation(config, "dev"));
}

const POOLS = {
  general: { machineTypes: ["m6i.large"], min: 1, max: 3, desired: 2, taints: [{ key: "a", effect: "NoExecute" }] },
  shared: {
    machineTypes: ["g5.xlarge"],
    min: 0,
    max: 2,
    gpu: { type: "nvidia-a10g", sharing: { timeSliced: 4 } },
    zones: [0],
    metadataHopLimit: 2,
  },
  claims: { machineTypes: ["g6.xlarge"], min: 1, max: 1, gpu: { type: "nvidia-l4", sharing: "dra" } },
  block: {
    machineTypes: ["p5.48xlarge"],
    min: 0,
    max: 1,
    zones: [1],
    capacity: { reservedBlock: "cr-0123456789abcdef0" },
    gpu: { type: "nvidia-h100", count: 8, sharing: { mig: "1g.10gb" } },
  },
};

const SETTINGS = {
  network: {
    cidr: "10.1.0.0/16",
    zones: 2,
    zoneIds: ["use1-az4", "use1-az6"],
    endpoints: "private",
    secondaryCidrs: ["100.64.0.0/16"],
    ipv6: true,
    flowLogRetentionDays: 14,
  },
  cluster: {
    version: "1.34",
    nodePools: POOLS,
    systemPool: { machineTypes: ["m6i.xlarge"], min: 2, max: 5 },
    administrators: [role("admin")],
    grants: { readers: { principalArn: role("readers"), right: "view", namespaces: ["ml-platform"] } },
    addonVersions: { coredns: "v1.12.9-eksbuild.1" },
    supportType: "EXTENDED",
    logRetentionDays: 60,
    access: { roleArn: role("admin"), profile: "work" },
  },
  cache: { nodeType: "cache.r7g.xlarge", nodes: 2 },
  objects: { glacierAfterDays: 120, accessLogDays: 400 },
  recoveryRegion: "us-west-2",
  healthChecks: { other: "https://api.example.com/health" },
  monthlyBudget: 500,
};

test("everything that the configuration says of AWS arrives in its resources", async () => {
  const recording = await build(SETTINGS, {
    "tideline:alerts": {
      emails: ["ml@example.com"],
      webhooks: { pagerduty: { aws: "https://events.example.com/key" } },
    },
  });
  const one = (type: string, name: string) => recording.one(type, name).inputs;
  const subscription = recording.one("aws:sns/topicSubscription:TopicSubscription", "aws-alarms-pagerduty");
  expect(subscription.inputs).toMatchObject({ protocol: "https", endpoint: "https://events.example.com/key" });
  expect(subscription.secretInputs).toContain("endpoint");
  expect(one("aws:ec2/vpc:Vpc", "aws-network")).toMatchObject({ assignGeneratedIpv6CidrBlock: true });
  const subnets = recording.ofType("aws:ec2/subnet:Subnet").map(({ inputs }) => inputs);
  expect(new Set(subnets.map(({ availabilityZoneId }) => availabilityZoneId))).toEqual(
    new Set(["use1-az4", "use1-az6"]),
  );
  expect(subnets.filter(({ cidrBlock }) => String(cidrBlock).startsWith("100.64."))).toHaveLength(2);
  expect(recording.ofType("aws:ec2/vpcEndpoint:VpcEndpoint").length).toBeGreaterThan(12);
  expect(one("aws:eks/cluster:Cluster", "aws-cluster")).toMatchObject({ upgradePolicy: { supportType: "EXTENDED" } });
  expect(one("aws:eks/addon:Addon", "aws-cluster-coredns")).toMatchObject({ addonVersion: "v1.12.9-eksbuild.1" });
  const group = (pool: string) => one("aws:eks/nodeGroup:NodeGroup", `aws-cluster-${pool}`);
  expect(group("general")).toMatchObject({
    scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 2 },
    taints: [{ key: "a", effect: "NO_EXECUTE" }],
  });
  expect(group("system")).toMatchObject({ scalingConfig: { minSize: 2, maxSize: 5 } });
  expect(group("shared")).toMatchObject({ labels: { "nvidia.com/device-plugin.config": "time-sliced-4" } });
  expect(group("claims")).toMatchObject({ labels: { "nvidia.com/dra-kubelet-plugin": "true" } });
  expect(group("block")).toMatchObject({
    capacityType: "CAPACITY_BLOCK",
    labels: { "nvidia.com/mig.config": "all-1g.10gb" },
  });
  expect(one("aws:elasticache/replicationGroup:ReplicationGroup", "aws-cache")).toMatchObject({
    nodeType: "cache.r7g.xlarge",
    numCacheClusters: 2,
  });
  expect(one("aws:rds/instance:Instance", "aws-database")).toMatchObject({ maxAllocatedStorage: 300 });
  const backups = "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication";
  expect(recording.ofType(backups)).toHaveLength(1);
  expect(recording.ofType("aws:route53/healthCheck:HealthCheck")).toHaveLength(1);
  expect(recording.ofType("aws:budgets/budget:Budget")).toHaveLength(1);
  const retentions = recording.ofType("aws:cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs.retentionInDays);
  expect(retentions).toEqual(expect.arrayContaining([14, 60]));
});

test.each([
  ["Karpenter", { nodePools: { general: POOLS.general }, karpenter: {} }, "aws:sqs/queue:Queue", 1],
  ["Auto Mode", { autoMode: { pools: ["general-purpose", "system"] } }, "aws:eks/nodeGroup:NodeGroup", 0],
])("%s is a choice of the configuration", async (_, compute, type, count) => {
  const network = { cidr: "10.1.0.0/16", zones: 2 };
  const recording = await build({ network, cluster: { version: "1.34", administrators: [role("a")], ...compute } });
  expect(recording.ofType(type)).toHaveLength(count);
});

test("DRA with Auto Mode is refused while planning, in the configuration's words", async () => {
  const cluster = {
    version: "1.34",
    administrators: [role("a")],
    autoMode: { pools: ["general-purpose"], gpuDriver: "dra" },
  };
  await expect(build({ network: { cidr: "10.1.0.0/16" }, cluster })).rejects.toThrow(
    'AwsFoundation "aws" cannot be planned:\n  cluster.compute.gpuDriver is "dra" with EKS Auto Mode, which runs no drivers of yours on its nodes; give "devicePlugin", or pools of your own.',
  );
});
