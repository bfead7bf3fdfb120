import { AwsFoundation, type AwsFoundationArgs } from "../../../components/aws";
import { awsCatalogue } from "../../../tools/rehearsal/aws/catalogue";
import { ACCOUNT, recordAws } from "../../support/awsCloud";
import { plannedChanges } from "../../support/plannedChanges";
import type { Recording } from "../../support/pulumiMocks";

const general = { instanceTypes: ["m6i.large"], min: 1, max: 3 };
const pools = { general };
const args: AwsFoundationArgs = {
  stack: "dev",
  environment: "dev",
  accountId: ACCOUNT,
  region: "us-east-1",
  network: { cidr: "10.1.0.0/16", zones: 2, nat: "single" },
  cluster: { version: "1.34", compute: { pools }, administrators: ["arn:aws:iam::123456789012:role/admin"] },
  database: { instanceClass: "db.t4g.medium", storageGb: 100 },
};
const { network, cluster, database } = args;
const plan = (changes: Partial<AwsFoundationArgs> = {}) =>
  recordAws(() => new AwsFoundation("aws", { ...args, ...changes }));

/** A change of the arguments, and what is made, changed or deleted by it; nothing is ever replaced. */
const CHANGES: readonly [string, Partial<AwsFoundationArgs>, Record<string, string>][] = [
  ["nothing", {}, {}],
  [
    "more nodes",
    { cluster: { ...cluster, compute: { pools: { general: { ...general, min: 2, max: 9 } } } } },
    { "aws-cluster-general": "update" },
  ],
  [
    "a larger instance type and disk",
    {
      cluster: {
        ...cluster,
        compute: { pools: { general: { ...general, instanceTypes: ["m6i.2xlarge"], diskGb: 200 } } },
      },
    },
    { "aws-cluster-general": "update" },
  ],
  [
    "labels and taints",
    {
      cluster: {
        ...cluster,
        compute: {
          pools: {
            general: {
              ...general,
              labels: { "example.com/team": "a" },
              taints: [{ key: "example.com/a", value: "b", effect: "NoSchedule" }],
            },
          },
        },
      },
    },
    { "aws-cluster-general": "update" },
  ],
  [
    "another pool",
    { cluster: { ...cluster, compute: { pools: { ...pools, batch: general } } } },
    { "aws-cluster-batch": "create" },
  ],
  [
    "a public endpoint for an office",
    { cluster: { ...cluster, publicAccessCidrs: ["198.51.100.0/24"] } },
    { "aws-cluster": "update" },
  ],
  ["longer support", { cluster: { ...cluster, supportType: "EXTENDED" } }, { "aws-cluster": "update" }],
  [
    "another add-on version",
    { cluster: { ...cluster, addonVersions: { coredns: "v1.12.4-eksbuild.1" } } },
    { "aws-cluster-coredns": "update" },
  ],
  [
    "a second administrator",
    {
      cluster: {
        ...cluster,
        administrators: [...(cluster.administrators ?? []), "arn:aws:iam::123456789012:role/on-call"],
      },
    },
    { "aws-cluster-administrator-1": "create" },
  ],
  [
    "a larger database with a standby",
    { database: { ...database, instanceClass: "db.r6g.large", storageGb: 200, highlyAvailable: true } },
    { "aws-database": "update", "aws-alarms-database-storage": "update" },
  ],
  ["longer backups", { database: { ...database, backupRetentionDays: 30 } }, { "aws-database": "update" }],
  ["a standby of the cache", { cache: { nodes: 2 } }, { "aws-cache": "update" }],
  ["deletion protection", { deletionProtection: true }, { "aws-cluster": "update", "aws-database": "update" }],
  ["a budget", { alarms: { monthlyBudget: 100 } }, { "aws-alarms": "create" }],
  [
    "IPv4 for pods",
    { network: { ...network, secondaryCidrs: ["100.64.0.0/16"] } },
    { "aws-network-secondary0": "create", "aws-network-pods0-0": "create", "aws-network-pods0-1": "create" },
  ],
];

describe("a safe change", () => {
  let before: Recording<AwsFoundation>;
  beforeAll(async () => {
    before = await plan();
  });

  test.each(CHANGES)("%s replaces nothing", async (_, changes, expected) => {
    const steps = plannedChanges(awsCatalogue, before, await plan(changes));
    const replaced = Object.entries(steps).filter(([, step]) => step.startsWith("replace"));
    expect(replaced).toEqual([]);
    if (Object.keys(expected).length === 0) expect(steps).toEqual({});
    expect(steps).toMatchObject(expected);
  });

  test("a third zone and its gateways make subnets and move none", async () => {
    const steps = plannedChanges(
      awsCatalogue,
      before,
      await plan({ network: { ...network, zones: 3, nat: "onePerZone" } }),
    );
    const made = Object.entries(steps).filter(([, step]) => step === "create");
    expect(Object.values(steps).filter((step) => step !== "create" && step !== "update")).toEqual([]);
    expect(made.map(([name]) => name)).toEqual(
      expect.arrayContaining(["aws-network-public-2", "aws-network-private-2", "aws-network-database-2"]),
    );
  });

  test("another Kubernetes version upgrades control plane, nodes and add-ons in place", async () => {
    const steps = plannedChanges(awsCatalogue, before, await plan({ cluster: { ...cluster, version: "1.35" } }));
    expect(Object.values(steps).every((step) => step === "update")).toBe(true);
    expect(Object.keys(steps)).toEqual(
      expect.arrayContaining(["aws-cluster", "aws-cluster-general", "aws-cluster-system", "aws-cluster-kube-proxy"]),
    );
  });

  test("Auto Mode's switch is an update of the cluster", async () => {
    const steps = plannedChanges(
      awsCatalogue,
      before,
      await plan({ cluster: { ...cluster, compute: { auto: ["general-purpose"] } } }),
    );
    expect(steps["aws-cluster"]).toBe("update");
  });

  test("a list of instance types makes a new group before the old one goes", async () => {
    const two = { ...general, instanceTypes: ["m6i.large", "m6a.large"] };
    const steps = plannedChanges(
      awsCatalogue,
      before,
      await plan({ cluster: { ...cluster, compute: { pools: { general: two } } } }),
    );
    expect(steps["aws-cluster-general"]).toMatch(/^replace for .*nodeGroupName/);
  });
});
