import { GcpWorld, grantedKey } from "../../../support/gcpCloud";

const bucket = (key: string, location = "EUROPE-WEST4") => ({
  name: "models-of-acme",
  location,
  encryption: { defaultKmsKeyName: key },
});
const BUCKET = "gcp:storage/bucket:Bucket";

test("a service encrypts with a key only when its own account may use it", () => {
  const world = new GcpWorld();
  const key = grantedKey(world, "gcp-sa-cloud-sql");
  expect(() => world.create(BUCKET, bucket(key))).toThrow(
    `googleapi: Error 403: Permission denied on Cloud KMS key ${key}. Please ensure that the service account of gs-project-accounts.iam.gserviceaccount.com has been authorized to use this key., forbidden`,
  );
  expect(world.create(BUCKET, bucket(grantedKey(world, "gs-project-accounts"))).url).toBe("gs://models-of-acme");
});

test("a key encrypts in its own location", () => {
  const world = new GcpWorld();
  const key = grantedKey(world, "gs-project-accounts", "us-east1");
  expect(() => world.create(BUCKET, bucket(key))).toThrow(
    `googleapi: Error 400: Cloud KMS key ${key} is in us-east1; the resource in EUROPE-WEST4 needs a key of the same location., invalid`,
  );
});

test("a key rotates once a day at most", () => {
  const world = new GcpWorld();
  const ring = world.create("gcp:kms/keyRing:KeyRing", { name: "ring", location: "europe-west4" });
  const create = (rotationPeriod: string) =>
    world.create("gcp:kms/cryptoKey:CryptoKey", { project: undefined, name: "key", keyRing: ring.id, rotationPeriod });
  expect(() => create("3600s")).toThrow("Duration must be at least 24 hours, found 3600s.");
  expect(create("86400s").id).toBe(`${ring.id}/cryptoKeys/key`);
});
