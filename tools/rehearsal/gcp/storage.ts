import { addressIn } from "../cidr";
import type { ResourceType, Rule } from "../resourceType";
import { peered } from "./database";
import {
  DURATION,
  fixed,
  flag,
  gcpType,
  input,
  list,
  map,
  number,
  object,
  oneOf,
  projectNumber,
  projectOf,
  refers,
  regionOf,
  text,
} from "./gcpType";
import { iamMember } from "./iamMember";
import { CRYPTO_KEY, encrypts, key } from "./keys";
import { GLOBAL_ADDRESS, NETWORK } from "./networkRules";

const BUCKET = "gcp:storage/bucket:Bucket";

/** Names are read by people: none may pass for Google's own or for an address. */
const bucketName: Rule = (made) => {
  const name = input(made, "name");
  return /^goog|google|g00gle|^\d{1,3}(\.\d{1,3}){3}$/.test(name)
    ? `googleapi: Error 400: Invalid bucket name: '${name}'., invalid`
    : undefined;
};

const cacheFits: Rule = ({ inputs }) => {
  const replicas = Number(inputs.replicaCount ?? 0);
  if (
    inputs.readReplicasMode === "READ_REPLICAS_ENABLED" &&
    (inputs.tier !== "STANDARD_HA" || Number(inputs.memorySizeGb) < 5)
  ) {
    return "googleapi: Error 400: Read replicas need tier STANDARD_HA and a memory size of at least 5 GiB., invalid";
  }
  return replicas > 0 && inputs.readReplicasMode !== "READ_REPLICAS_ENABLED"
    ? "googleapi: Error 400: replica_count needs read_replicas_mode READ_REPLICAS_ENABLED., invalid"
    : undefined;
};

const storageClass = oneOf("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE");

const lifecycleRule = object({
  action: object(
    {
      type: text({ required: true, values: ["Delete", "SetStorageClass", "AbortIncompleteMultipartUpload"] }),
      storageClass,
    },
    { required: true },
  ),
  condition: object(
    {
      age: number({ min: 0 }),
      numNewerVersions: number({ min: 0 }),
      withState: oneOf("LIVE", "ARCHIVED", "ANY"),
      matchesStorageClasses: list(storageClass),
    },
    { required: true },
  ),
});

/** Buckets, images, tables and caches. Sources: each service's API v1; the provider's schema, 9.x. */
export const storageTypes: readonly ResourceType[] = [
  gcpType({
    token: BUCKET,
    labels: "labels",
    inputs: {
      name: text({ required: true, replaces: true, pattern: /[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]/ }),
      location: text({ required: true, replaces: true, pattern: /[A-Z0-9-]+/ }),
      storageClass,
      uniformBucketLevelAccess: flag(),
      publicAccessPrevention: oneOf("enforced", "inherited"),
      versioning: object({ enabled: flag({ required: true }) }),
      encryption: object({ defaultKmsKeyName: refers(CRYPTO_KEY, [], { required: true }) }),
      softDeletePolicy: object({ retentionDurationSeconds: number({ min: 0, max: 7_776_000 }) }),
      lifecycleRules: list(lifecycleRule, { max: 100 }),
      forceDestroy: flag({ default: false }),
    },
    rules: [
      bucketName,
      encrypts(
        ({ inputs }) => (inputs.encryption as { defaultKmsKeyName?: unknown } | undefined)?.defaultKmsKeyName,
        "gs-project-accounts.iam.gserviceaccount.com",
        regionOf,
      ),
    ],
    unique: { property: "name", within: "world" },
    id: (made) => input(made, "name"),
    outputs: (made, id) => ({
      url: `gs://${id}`,
      selfLink: `https://www.googleapis.com/storage/v1/b/${id}`,
      projectNumber: Number(projectNumber(projectOf(made))),
    }),
  }),
  iamMember(
    "gcp:storage/bucketIAMMember:BucketIAMMember",
    "bucket",
    refers(BUCKET, ["name"], { required: true, replaces: true }),
  ),
  gcpType({
    token: "gcp:artifactregistry/repository:Repository",
    api: "artifactregistry",
    labels: "labels",
    inputs: {
      repositoryId: text({ required: true, replaces: true, pattern: /[a-z]([a-z0-9-]{0,61}[a-z0-9])?/ }),
      location: text({ required: true, replaces: true }),
      format: text({
        required: true,
        replaces: true,
        values: ["DOCKER", "PYTHON", "GENERIC", "NPM", "MAVEN", "APT", "YUM", "GO"],
      }),
      description: text(),
      kmsKeyName: key,
      dockerConfig: object({ immutableTags: flag() }),
      vulnerabilityScanningConfig: object({ enablementConfig: oneOf("INHERITED", "DISABLED") }),
      cleanupPolicies: list(
        object({
          id: text({ required: true }),
          action: oneOf("DELETE", "KEEP"),
          condition: object({ tagState: oneOf("TAGGED", "UNTAGGED", "ANY"), olderThan: text({ pattern: DURATION }) }),
          mostRecentVersions: object({ keepCount: number({ min: 1 }) }),
        }),
      ),
    },
    rules: [encrypts((made) => made.inputs.kmsKeyName, "gcp-sa-artifactregistry.iam.gserviceaccount.com", regionOf)],
    id: (made) => `projects/${projectOf(made)}/locations/${regionOf(made)}/repositories/${input(made, "repositoryId")}`,
    outputs: (made) => ({
      name: input(made, "repositoryId"),
      registryUri: `${regionOf(made)}-docker.pkg.dev/${projectOf(made)}/${input(made, "repositoryId")}`,
    }),
  }),
  gcpType({
    token: "gcp:bigquery/dataset:Dataset",
    api: "bigquery",
    labels: "labels",
    inputs: {
      datasetId: text({ required: true, replaces: true, pattern: /\w{1,1024}/ }),
      location: text({ replaces: true }),
      friendlyName: text(),
      description: text(),
      defaultEncryptionConfiguration: object({ kmsKeyName: refers(CRYPTO_KEY, [], { required: true }) }),
      maxTimeTravelHours: oneOf("48", "72", "96", "120", "144", "168"),
      deleteContentsOnDestroy: flag({ default: false }),
    },
    rules: [
      encrypts(
        ({ inputs }) => (inputs.defaultEncryptionConfiguration as { kmsKeyName?: unknown } | undefined)?.kmsKeyName,
        "bigquery-encryption.iam.gserviceaccount.com",
        regionOf,
      ),
    ],
    id: (made) => `projects/${projectOf(made)}/datasets/${input(made, "datasetId")}`,
    outputs: (_, id) => ({ selfLink: `https://bigquery.googleapis.com/bigquery/v2/${id}` }),
  }),
  gcpType({
    token: "gcp:redis/instance:Instance",
    api: "redis",
    labels: "labels",
    inputs: {
      name: text({ required: true, replaces: true, pattern: /[a-z][a-z0-9-]{0,38}[a-z0-9]/ }),
      displayName: text({ maxLength: 80 }),
      region: text({ required: true, replaces: true }),
      tier: text({ replaces: true, values: ["BASIC", "STANDARD_HA"], default: "BASIC" }),
      memorySizeGb: number({ required: true, min: 1, max: 300 }),
      redisVersion: text({ pattern: /REDIS_(6_X|7_0|7_2)/ }),
      authorizedNetwork: refers(NETWORK, ["selfLink"], { replaces: true }),
      connectMode: fixed(oneOf("DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS")),
      reservedIpRange: refers(GLOBAL_ADDRESS, ["name"], { replaces: true }),
      authEnabled: flag(),
      transitEncryptionMode: fixed(oneOf("SERVER_AUTHENTICATION", "DISABLED")),
      customerManagedKey: key,
      readReplicasMode: fixed(oneOf("READ_REPLICAS_DISABLED", "READ_REPLICAS_ENABLED")),
      replicaCount: number({ min: 0, max: 5 }),
      secondaryIpRange: text(),
      redisConfigs: map(text()),
      maintenancePolicy: object({
        weeklyMaintenanceWindows: list(
          object({
            day: text({
              required: true,
              values: ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
            }),
            startTime: object(
              { hours: number({ min: 0, max: 23 }), minutes: number(), seconds: number(), nanos: number() },
              { required: true },
            ),
          }),
        ),
      }),
      deletionProtection: flag({ default: false }),
    },
    rules: [
      cacheFits,
      peered(
        (inputs) => inputs.authorizedNetwork,
        "Google private service access is not enabled. Enable privateServiceAccess and try again",
      ),
      encrypts((made) => made.inputs.customerManagedKey, "cloud-redis.iam.gserviceaccount.com", regionOf),
    ],
    deletionProtection: "deletionProtection",
    id: (made) => `projects/${projectOf(made)}/locations/${regionOf(made)}/instances/${input(made, "name")}`,
    outputs: (made) => ({
      host: addressIn("10.128.0.0/24", made.sequence + 3),
      port: made.inputs.transitEncryptionMode === "SERVER_AUTHENTICATION" ? 6378 : 6379,
      authString: `simulated-password-of-${input(made, "name")}`,
      currentLocationId: `${regionOf(made)}-a`,
      serverCaCerts: [],
    }),
  }),
];
