import { ALARM_RULES } from "../../../components/gcp/alarmRules";
import { GcpFoundation, type GcpFoundationArgs } from "../../../components/gcp/foundation";
import type { GcpNodePoolArgs } from "../../../components/gcp/nodePoolShape";
import { gcpCatalogue } from "../../../tools/rehearsal/gcp/catalogue";
import { PROJECT, recordBoth, recordGcp } from "../../support/gcpCloud";
import { plannedChanges } from "../../support/plannedChanges";
import { unwrap } from "../../support/pulumiMocks";

const args: GcpFoundationArgs = {
  stack: "prod",
  environment: "prod",
  project: PROJECT,
  region: "europe-west4",
  network: { cidr: "10.2.0.0/16", zones: 3, nat: "onePerZone" },
  cluster: {
    version: "1.34",
    nodePools: {
      system: { machineTypes: ["n2-standard-8"], min: 2, max: 15 },
      gpu: { machineTypes: ["n1-standard-8"], min: 0, max: 4, gpu: { type: "nvidia-tesla-t4", count: 1 } },
    },
  },
  database: { machineType: "db-custom-4-16384", storageGb: 100, backupRetentionDays: 7 },
};
const build =
  (changes: Partial<GcpFoundationArgs> = {}) =>
  () =>
    new GcpFoundation("gcp", { ...args, ...changes });

type Foundation = Awaited<ReturnType<typeof recordGcp<GcpFoundation>>>;
let applied: Foundation;
let planned: Foundation;

beforeAll(async () => {
  [planned, applied] = (await recordBoth(build(), { apis: [] })) as [Foundation, Foundation];
});

/** Lines `type name` without order, as registration follows what is known first. */
const lines = (recording: Foundation) => recording.resources.map(({ type, name }) => `${type} ${name}`).sort();

describe("the foundation of prod", () => {
  test("is the same set of resources planned and applied, on a project where no API is on yet", () => {
    expect(lines(planned)).toEqual(lines(applied));
    expect(applied.resources.length).toBeGreaterThan(100);
  });

  test("has everything below itself, each child named from its parent", () => {
    const byUrn = new Map(applied.resources.map((resource) => [resource.urn, resource]));
    for (const { name, parent, type } of applied.resources) {
      if (name === "gcp") continue;
      const owner = byUrn.get(parent);
      expect({ type, name, parented: owner !== undefined }).toEqual({ type, name, parented: true });
      expect(name.startsWith(owner?.name ?? "?")).toBe(true);
    }
  });

  test("encrypts whatever holds data with a key of the stack", () => {
    const holders =
      /sql\/databaseInstance|storage\/bucket:|redis\/instance|artifactregistry|bigquery\/dataset|secretmanager\/secret:|pubsub\/topic:|container\/(cluster|nodePool)/;
    const data = applied.resources.filter(({ type }) => holders.test(type));
    expect(data.length).toBeGreaterThanOrEqual(12);
    for (const { name, inputs } of data) {
      expect([name, JSON.stringify(inputs).includes("/cryptoKeys/")]).toEqual([name, true]);
    }
  });

  test("labels whatever takes labels", () => {
    const labelled = applied.resources.filter(
      ({ inputs }) => inputs.labels || inputs.userLabels || inputs.resourceLabels,
    );
    expect(labelled.length).toBeGreaterThan(25);
    for (const { name, inputs, type } of labelled) {
      const labels = type.includes("notificationChannel")
        ? inputs.userLabels
        : (inputs.labels ?? inputs.userLabels ?? inputs.resourceLabels);
      expect([name, labels]).toEqual([
        name,
        expect.objectContaining({ "managed-by": "tideline", stack: "prod", environment: "prod" }),
      ]);
    }
  });

  test("keeps the password out of plain sight", () => {
    expect(applied.one("gcp:sql/user:User").secretInputs).toContain("password");
    for (const version of applied.ofType("gcp:secretmanager/secretVersion:SecretVersion")) {
      expect(version.secretInputs).toEqual(["secretData"]);
    }
  });

  test("gives each workload what it needs and no more", async () => {
    const grants = applied
      .ofType("gcp:storage/bucketIAMMember:BucketIAMMember")
      .map(({ name, inputs }) => `${name} ${inputs.role}`)
      .sort();
    expect(grants).toEqual([
      "gcp-serving-models roles/storage.objectViewer",
      "gcp-training-artifacts roles/storage.objectUser",
      "gcp-training-data roles/storage.objectViewer",
      "gcp-training-models roles/storage.objectUser",
    ]);
    const readers = applied.ofType("gcp:secretmanager/secretIamMember:SecretIamMember").map(({ name }) => name);
    expect(readers).toEqual(["gcp-drift-database-password"]);
    expect(await unwrap(applied.result.identities.serving?.serviceAccountAnnotations)).toEqual({
      "iam.gke.io/gcp-service-account": `tideline-prod-gcp-serving@${PROJECT}.iam.gserviceaccount.com`,
    });
  });

  test("watches database, cache and cluster by the names that they got", () => {
    const filters = applied
      .ofType("gcp:monitoring/alertPolicy:AlertPolicy")
      .map(
        ({ inputs }) =>
          (inputs.conditions as { conditionThreshold: { filter: string } }[])[0]?.conditionThreshold.filter,
      );
    expect(filters).toHaveLength(8);
    expect(filters.filter((filter) => filter?.includes('cluster_name = "tideline-prod-gcp-cluster"'))).toHaveLength(3);
    expect(
      filters.filter((filter) =>
        /database_id = "acme-ml-prod:tideline-prod-gcp-database-[0-9a-f]{8}"/.test(filter ?? ""),
      ),
    ).toHaveLength(4);
  });
});

test("off prod nothing refuses to go", async () => {
  const recording = await recordGcp(build({ stack: "dev", environment: "dev" }), { apis: [] });
  const refusing = recording.resources.filter(({ inputs }) => inputs.deletionProtection === true);
  expect(refusing).toEqual([]);
  for (const { inputs } of recording.ofType("gcp:storage/bucket:Bucket")) expect(inputs.forceDestroy).toBe(true);
});

test("prod can be told to let go, before it is destroyed", async () => {
  const recording = await recordGcp(build({ deletionProtection: false }), { apis: [] });
  expect(recording.resources.filter(({ inputs }) => inputs.deletionProtection === true)).toEqual([]);
  expect(
    applied.resources
      .filter(({ inputs }) => inputs.deletionProtection === true)
      .map(({ type }) => type)
      .sort(),
  ).toEqual([
    "gcp:container/cluster:Cluster",
    "gcp:redis/instance:Instance",
    "gcp:secretmanager/secret:Secret",
    "gcp:secretmanager/secret:Secret",
    "gcp:sql/databaseInstance:DatabaseInstance",
  ]);
});

test("a project's number in place of its id is refused", () => {
  expect(build({ project: "123456789012" })).toThrow(
    'GcpFoundation "gcp" cannot be planned:\n  project is "123456789012", which is no project id; give the id (6 to 30 lower-case letters, digits and hyphens), not the number or title.',
  );
});

describe("a change of prod", () => {
  const { system, gpu } = args.cluster.nodePools as Record<"system" | "gpu", GcpNodePoolArgs>;
  const pools = (nodePools: Readonly<Record<string, GcpNodePoolArgs>>) => ({ cluster: { ...args.cluster, nodePools } });
  const network = (changes: object) => ({ network: { ...args.network, ...changes } });
  const database = (changes: object) => ({ database: { ...args.database, ...changes } });
  const [cluster, main, small, db] = ["gcp-cluster", "gcp-cluster-system", "gcp-cluster-gpu", "gcp-database"];

  test.each<[string, Partial<GcpFoundationArgs>, Record<string, string>]>([
    ["nothing", {}, {}],
    ["more nodes", pools({ system: { ...system, max: 20 }, gpu }), { [main]: "update" }],
    ["fewer nodes at least", pools({ system: { ...system, min: 1 }, gpu }), { [main]: "update" }],
    ["larger machines", pools({ system: { ...system, machineTypes: ["n2-standard-16"] }, gpu }), { [main]: "update" }],
    ["larger disks", pools({ system: { ...system, diskGb: 200 }, gpu }), { [main]: "update" }],
    ["a label of nodes", pools({ system: { ...system, labels: { team: "ml" } }, gpu }), { [main]: "update" }],
    [
      "a taint",
      pools({ system, gpu: { ...gpu, taints: [{ key: "team", value: "ml", effect: "NoSchedule" }] } }),
      { [small]: "update" },
    ],
    ["faster upgrades", pools({ system: { ...system, maxSurge: 3 }, gpu }), { [main]: "update" }],
    ["a pool more", pools({ system, gpu, batch: system }), { "gcp-cluster-batch": "create" }],
    ["a pool fewer", pools({ system }), { [small]: "delete" }],
    ["the next version", { cluster: { ...args.cluster, version: "1.35" } }, { [cluster]: "update" }],
    ["a way in", { cluster: { ...args.cluster, publicAccessCidrs: ["203.0.113.0/24"] } }, { [cluster]: "update" }],
    ["the DNS endpoint", { cluster: { ...args.cluster, dnsEndpoint: true } }, { [cluster]: "update" }],
    [
      "a zone fewer",
      network({ zones: 2 }),
      {
        [cluster]: "update",
        [main]: "update",
        [small]: "update",
        "gcp-network-nat": "update",
        "gcp-network-nat-2": "delete",
      },
    ],
    [
      "one address of NAT",
      network({ nat: "single" }),
      { "gcp-network-nat": "update", "gcp-network-nat-1": "delete", "gcp-network-nat-2": "delete" },
    ],
    ["a larger database", database({ machineType: "db-custom-8-32768" }), { [db]: "update" }],
    ["more storage", database({ storageGb: 200 }), { [db]: "update" }],
    ["no standby", database({ highlyAvailable: false }), { [db]: "update" }],
    ["longer backups", database({ backupRetentionDays: 30 }), { [db]: "update" }],
    ["an address for alarms", { alarms: { contacts: { emails: ["ops@example.com"] } } }, alarmChanges()],
    [
      "a budget",
      { alarms: { budget: { billingAccount: "012345-6789AB-CDEF01", monthly: 100 } } },
      { "gcp-alarms": "create" },
    ],
  ])("for %s replaces nothing", async (_, changes, expected) => {
    const after = await recordGcp(build(changes), { apis: [] });
    expect(plannedChanges(gcpCatalogue, applied, after)).toEqual(expected);
  });

  test.each<[string, GcpNodePoolArgs]>([
    ["spot", { ...gpu, capacity: "spot" }],
    ["another accelerator", { ...gpu, gpu: { type: "nvidia-tesla-v100" } }],
    ["fewer pods a node", { ...gpu, podsPerNode: 32 }],
  ])("for %s puts a new pool beside the old one, under a name of its own", async (_, changed) => {
    const after = await recordGcp(build(pools({ system, gpu: changed })), { apis: [] });
    const changes = plannedChanges(gcpCatalogue, applied, after);
    expect(Object.keys(changes)).toEqual([small]);
    expect(changes[small]).toMatch(/^replace for .*\bname\b/);
  });
});

/** A further channel: itself, and every alarm that it is told of. */
function alarmChanges(): Record<string, string> {
  const alarms = Object.keys(ALARM_RULES).map((rule) => [`gcp-alarms-${rule}`, "update"]);
  return { "gcp-alarms-email-ops@example.com": "create", ...Object.fromEntries(alarms) };
}
