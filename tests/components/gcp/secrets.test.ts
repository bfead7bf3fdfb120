import { GcpSecrets, type GcpSecretsArgs, KEY_USES, numberIn } from "../../../components/gcp/secrets";
import { place, recordBoth, recordGcp } from "../../support/gcpCloud";
import { unwrap } from "../../support/pulumiMocks";

const build =
  (changes: Partial<GcpSecretsArgs> = {}) =>
  () =>
    new GcpSecrets("keys", { ...place(), ...changes });

test("every use has a key that rotates, and can be had back for a month", async () => {
  for (const recording of await recordBoth(build())) {
    const keys = recording.ofType("gcp:kms/cryptoKey:CryptoKey");
    expect(keys.map(({ inputs }) => inputs.name)).toEqual([...KEY_USES]);
    for (const { inputs } of keys) {
      expect(inputs).toMatchObject({ rotationPeriod: "7776000s", destroyScheduledDuration: "2592000s" });
    }
  }
});

test("only the service that needs a key may use it", async () => {
  const recording = await recordGcp(build());
  const agents = recording.ofType("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember").map(({ name, inputs }) => {
    return `${name} ${String(inputs.member).replace(/\d{12}/, "N")}`;
  });
  expect(agents.sort()).toEqual([
    "keys-alarms serviceAccount:service-N@gcp-sa-pubsub.iam.gserviceaccount.com",
    "keys-cache serviceAccount:service-N@cloud-redis.iam.gserviceaccount.com",
    "keys-cluster serviceAccount:service-N@container-engine-robot.iam.gserviceaccount.com",
    "keys-database serviceAccount:service-N@gcp-sa-cloud-sql.iam.gserviceaccount.com",
    "keys-datasets serviceAccount:bq-N@bigquery-encryption.iam.gserviceaccount.com",
    "keys-disks serviceAccount:service-N@compute-system.iam.gserviceaccount.com",
    "keys-objects serviceAccount:service-N@gs-project-accounts.iam.gserviceaccount.com",
    "keys-registry serviceAccount:service-N@gcp-sa-artifactregistry.iam.gserviceaccount.com",
    "keys-secrets serviceAccount:service-N@gcp-sa-secretmanager.iam.gserviceaccount.com",
  ]);
});

test("Vault's key is the one that it unseals with", async () => {
  const { result } = await recordGcp(build());
  expect(await unwrap(result.keyId)).toMatch(/\/keyRings\/tideline-prod-keys-[0-9a-f]{8}\/cryptoKeys\/vault$/);
});

test("rotation is at most a year away", () => {
  expect(build({ rotationDays: 400 })).toThrow(
    'GcpSecrets "keys" cannot be planned:\n  rotationDays is 400; allowed are whole days from 1 to 365.',
  );
});

test("a project's number is read from an account's address", () => {
  expect(numberIn("serviceAccount:service-123456789012@container-engine-robot.iam.gserviceaccount.com")).toBe(
    "123456789012",
  );
  expect(() => numberIn("user:a@b.c")).toThrow("The service account user:a@b.c holds no project number.");
});
