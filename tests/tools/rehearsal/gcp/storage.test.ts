import { GcpWorld, peeredNetwork } from "../../../support/gcpCloud";

const BUCKET = "gcp:storage/bucket:Bucket";
const bucket = { name: "models-of-acme", location: "EUROPE-WEST4" };

test("a bucket's name is taken in the whole world, and is not Google's", () => {
  const world = new GcpWorld();
  world.create(BUCKET, bucket);
  expect(() => world.create(BUCKET, bucket)).toThrow(
    "googleapi: Error 409: The resource 'models-of-acme' already exists, alreadyExists",
  );
  expect(() => world.create(BUCKET, { ...bucket, name: "google-models" })).toThrow(
    "googleapi: Error 400: Invalid bucket name: 'google-models'., invalid",
  );
  expect(() => world.create(BUCKET, { ...bucket, name: "Models" })).toThrow('name: found "Models"');
});

test("a bucket goes after its grants", () => {
  const world = new GcpWorld();
  const { id } = world.create(BUCKET, bucket);
  const grant = world.create("gcp:storage/bucketIAMMember:BucketIAMMember", {
    project: undefined,
    bucket: id,
    role: "roles/storage.objectViewer",
    member: "user:someone@example.com",
  });
  expect(() => world.delete(BUCKET, id)).toThrow("resourceInUseByAnotherResource");
  world.delete("gcp:storage/bucketIAMMember:BucketIAMMember", grant.id);
  world.delete(BUCKET, id);
});

test.each<[string, object, string]>([
  ["replicas without a standby", { readReplicasMode: "READ_REPLICAS_ENABLED" }, "Read replicas need tier STANDARD_HA"],
  [
    "replicas in little memory",
    { tier: "STANDARD_HA", memorySizeGb: 4, readReplicasMode: "READ_REPLICAS_ENABLED" },
    "Read replicas need tier STANDARD_HA and a memory size of at least 5 GiB., invalid",
  ],
  ["a count of replicas alone", { tier: "STANDARD_HA", replicaCount: 2 }, "replica_count needs read_replicas_mode"],
])("a cache with %s is refused", (_, inputs, text) => {
  const world = new GcpWorld();
  peeredNetwork(world);
  const cache = { name: "cache", region: "europe-west4", memorySizeGb: 5, ...inputs };
  expect(() => world.create("gcp:redis/instance:Instance", cache)).toThrow(text);
});

test("a cache's port is that of TLS when it speaks TLS", () => {
  const world = new GcpWorld();
  const create = (name: string, inputs: object) =>
    world.create("gcp:redis/instance:Instance", { name, region: "europe-west4", memorySizeGb: 1, ...inputs }).port;
  expect([create("one", { transitEncryptionMode: "SERVER_AUTHENTICATION" }), create("two", {})]).toEqual([6378, 6379]);
});
