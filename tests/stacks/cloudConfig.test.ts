import { ConfigError } from "../../stacks/config";
import { parseValues as parse } from "../support/config";

function problemsOf(values: Record<string, unknown>): string[] {
  try {
    parse({ "tideline:environment": "dev", ...values });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  }
  throw new Error("The configuration was accepted.");
}

const general = { machineTypes: ["m5.large"], min: 1, max: 3 };
const foundation = {
  region: "us-east-1",
  network: { cidr: "10.1.0.0/16" },
  cluster: { version: "1.34", nodePools: { general } },
  database: { machineType: "small" },
};
const aws = { ...foundation, accountId: "123456789012" };
const gcp = { ...foundation, project: "my-company-ml" };
const azure = {
  ...foundation,
  subscriptionId: "00000000-0000-4000-8000-000000000001",
  tenantId: "00000000-0000-4000-8000-000000000002",
};
const clusterOf = (cluster: object) => ({ ...foundation.cluster, ...cluster });
const poolOf = (pool: object) => clusterOf({ nodePools: { general: { ...general, ...pool } } });
const onAws = (part: object) => ({ "tideline:aws": { ...aws, ...part } });
const onGcp = (part: object) => ({ "tideline:gcp": { ...gcp, ...part } });
const onAzure = (part: object) => ({ "tideline:azure": { ...azure, ...part } });
const alerts = (webhooks: object) => ({ "tideline:aws": aws, "tideline:alerts": { webhooks } });

describe("what a cloud cannot be", () => {
  test.each<[string, Record<string, unknown>, string]>([
    [
      "Auto Mode beside pools",
      onAws({ cluster: clusterOf({ autoMode: { pools: ["system"] }, karpenter: {} }) }),
      'tideline:aws.cluster.autoMode: found {"pools":["system"]}; allowed: Auto Mode without nodePools, karpenter, because AWS runs its nodes; remove either.',
    ],
    [
      "neither pools nor Auto Mode",
      onAws({ cluster: { version: "1.34" } }),
      "tideline:aws.cluster.nodePools: found nothing; allowed: node pools by name, or autoMode in their place.",
    ],
    [
      "Auto Mode without a pool",
      onAws({ cluster: { version: "1.34", autoMode: { pools: [] } } }),
      "tideline:aws.cluster.autoMode.pools: found []; allowed: a list of at least 1, each one of general-purpose, system.",
    ],
    [
      "a way of buying that is none",
      onAws({ cluster: poolOf({ capacity: "cheap" }) }),
      'tideline:aws.cluster.nodePools.general.capacity: found "cheap"; allowed: "onDemand", "spot" or { reservedBlock: cr-... }.',
    ],
    [
      "a GPU shared among too many",
      onAws({ cluster: poolOf({ gpu: { type: "nvidia-a10g", sharing: { timeSliced: 99 } } }) }),
      "tideline:aws.cluster.nodePools.general.gpu.sharing.timeSliced: found 99; allowed: a whole number from 2 to 48.",
    ],
    [
      "a GPU shared in two ways",
      onAws({ cluster: poolOf({ gpu: { type: "nvidia-a10g", sharing: { timeSliced: 4, mig: "1g.10gb" } } }) }),
      'tideline:aws.cluster.nodePools.general.gpu.sharing: found {"timeSliced":4,"mig":"1g.10gb"}; allowed: "whole", "dra", { timeSliced: 2 to 48 } or { mig: PROFILE such as 1g.10gb }.',
    ],
    [
      "a taint without an effect",
      onAws({ cluster: poolOf({ taints: [{ key: "a" }] }) }),
      "tideline:aws.cluster.nodePools.general.taints[0].effect: found nothing; allowed: one of NoSchedule, PreferNoSchedule, NoExecute.",
    ],
    [
      "an image that AWS no longer builds",
      onAws({ cluster: poolOf({ amiType: "AL2_x86_64" }) }),
      'tideline:aws.cluster.nodePools.general.amiType: found "AL2_x86_64"; allowed: one of AL2023_x86_64_STANDARD, AL2023_ARM_64_STANDARD, AL2023_x86_64_NVIDIA, AL2023_ARM_64_NVIDIA, BOTTLEROCKET_x86_64, BOTTLEROCKET_ARM_64, BOTTLEROCKET_x86_64_NVIDIA, BOTTLEROCKET_ARM_64_NVIDIA.',
    ],
    [
      "hops beyond the node",
      onAws({ cluster: poolOf({ metadataHopLimit: 3 }) }),
      "tideline:aws.cluster.nodePools.general.metadataHopLimit: found 3; allowed: one of 1, 2.",
    ],
    [
      "an administrator who is a session",
      onAws({ cluster: clusterOf({ administrators: ["arn:aws:sts::123456789012:assumed-role/a/b"] }) }),
      'tideline:aws.cluster.administrators[0]: found "arn:aws:sts::123456789012:assumed-role/a/b"; allowed: an ARN such as arn:aws:iam::123456789012:role/data-science.',
    ],
    [
      "a secondary network that is none",
      onAws({ network: { cidr: "10.1.0.0/16", secondaryCidrs: ["100.64.0.0"] } }),
      'tideline:aws.network.secondaryCidrs[0]: found "100.64.0.0"; allowed: an IPv4 network such as 10.1.0.0/16.',
    ],
    [
      "endpoints that there are not",
      onAws({ network: { cidr: "10.1.0.0/16", endpoints: "all" } }),
      'tideline:aws.network.endpoints: found "all"; allowed: one of s3, images, private.',
    ],
    [
      "a cache too large",
      onAws({ cache: { nodes: 7 } }),
      "tideline:aws.cache.nodes: found 7; allowed: a whole number from 1 to 6.",
    ],
    [
      "two accounts for one kubeconfig",
      onGcp({ cluster: clusterOf({ administrators: ["a@b.example", "c@d.example"] }) }),
      'tideline:gcp.cluster.administrators: found ["a@b.example","c@d.example"]; allowed: a list of at most 1, each text that matches',
    ],
    [
      "a release channel that is none",
      onGcp({ cluster: clusterOf({ releaseChannel: "NIGHTLY" }) }),
      'tideline:gcp.cluster.releaseChannel: found "NIGHTLY"; allowed: one of RAPID, REGULAR, STABLE, EXTENDED.',
    ],
    [
      "an exclusion without a time",
      onGcp({
        cluster: clusterOf({
          maintenanceExclusions: [{ name: "sale", start: "2026-11-25", end: "2026-11-30T00:00:00Z" }],
        }),
      }),
      'tideline:gcp.cluster.maintenanceExclusions[0].start: found "2026-11-25"; allowed: a time in UTC such as 2026-11-25T00:00:00Z.',
    ],
    [
      "sharing without a partition",
      onGcp({ cluster: poolOf({ gpu: { type: "nvidia-l4", sharing: { kind: "mig", clients: 2 } } }) }),
      'tideline:gcp.cluster.nodePools.general.gpu.sharing: found {"kind":"mig","clients":2}; allowed: { kind: timeShared or mps, clients: 2 to 48 } or { kind: mig, partition: SIZE such as 1g.5gb }.',
    ],
    [
      "a share of flows above all",
      onGcp({ network: { cidr: "10.1.0.0/16", flowLogShare: 2 } }),
      "tideline:gcp.network.flowLogShare: found 2; allowed: a number from 0 to 1.",
    ],
    [
      "a version of Postgres that is past",
      onGcp({ database: { machineType: "x", postgresVersion: 12 } }),
      "tideline:gcp.database.postgresVersion: found 12; allowed: one of 14, 15, 16, 17.",
    ],
    [
      "a zone without quotes",
      onAzure({ cluster: poolOf({ zones: [1] }) }),
      "tideline:azure.cluster.nodePools.general.zones[0]: found 1; allowed: one of 1, 2, 3.",
    ],
    [
      "a disk that AKS does not take",
      onAzure({ cluster: poolOf({ diskGb: 4096 }) }),
      "tideline:azure.cluster.nodePools.general.diskGb: found 4096; allowed: a whole number from 30 to 2048.",
    ],
    [
      "backups too short for Azure",
      onAzure({ database: { machineType: "x", backupRetentionDays: 3 } }),
      "tideline:azure.database.backupRetentionDays: found 3; allowed: a whole number from 7 to 35.",
    ],
    [
      "a surge that is no number",
      onAzure({ cluster: poolOf({ maxSurge: "some" }) }),
      'tideline:azure.cluster.nodePools.general.maxSurge: found "some"; allowed: a number of nodes or a percentage in quotes, made before old ones go; unset means 33%.',
    ],
    [
      "copies of an unknown kind",
      onAzure({ objects: { redundancy: "everywhere" } }),
      'tideline:azure.objects.redundancy: found "everywhere"; allowed: one of local, zones, geo, zonesAndGeo.',
    ],
    [
      "alarms sent in the clear: the address is not repeated",
      alerts({ slack: { aws: "http://hooks.example.com/T0/secret" } }),
      "tideline:alerts.webhooks.slack.aws: found a secret that is not shown here; allowed: an https:// address that takes SNS's messages and confirms the subscription.",
    ],
    [
      "alarms of a cloud that is not there",
      alerts({ slack: { azure: "https://hooks.example.com/T0" } }),
      "tideline:alerts.webhooks.slack.azure: found an address for azure, which the stack does not have; allowed: aws. Remove it, or configure tideline:azure.",
    ],
  ])("%s", (_, values, problem) => {
    const [first = "", ...others] = problemsOf(values);
    expect(others).toEqual([]);
    // The pattern of an e-mail address is zod's, and long.
    expect(problem.endsWith("that matches") ? first.slice(0, problem.length) : first).toBe(problem);
  });
});
