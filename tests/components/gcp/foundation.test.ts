import { GcpFoundation, type GcpFoundationArgs } from "../../../components/gcp/foundation";
import { PROJECT, recordBoth, recordGcp } from "../../support/gcpCloud";
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
