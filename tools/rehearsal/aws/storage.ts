import type { Live, Made, ResourceType, Rule } from "../resourceType";
import { awsType, flag, input, json, list, number, object, refers, regionOf, text } from "./awsType";
import { KEY, ROLE } from "./security";

const BUCKET = "aws:s3/bucket:Bucket";

const replaced = { required: true, replaces: true } as const;
const ofBucket = refers(BUCKET, ["bucket"], replaced);
const status = text({ required: true, values: ["Enabled", "Disabled"] });

/** S3's storage classes that a transition may name. */
const CLASSES = ["GLACIER", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "DEEP_ARCHIVE", "GLACIER_IR"];

/** Settings of a bucket: one of each kind, named as the bucket. */
function setting(token: string, inputs: ResourceType["inputs"], rules: readonly Rule[] = []): ResourceType {
  return awsType({
    token,
    untagged: true,
    id: (made) => input(made, "bucket"),
    inputs: { bucket: ofBucket, ...inputs },
    rules,
  });
}

function bucketOf(made: Made, value: unknown = made.inputs.bucket): Live | undefined {
  return made.world.resources.find((live) => live.token === BUCKET && [live.id, live.outputs.arn].includes(value));
}

/** Replication needs versions on both sides. Source: S3 API, PutBucketReplication. */
const versionedBothWays: Rule = (made) => {
  const rules = made.inputs.rules as { destination: { bucket: string } }[];
  const ends = [bucketOf(made), ...rules.map(({ destination }) => bucketOf(made, destination.bucket))];
  const versioned = (bucket: Live | undefined) =>
    made.world.resources.some(
      (live) => live.token === "aws:s3/bucketVersioning:BucketVersioning" && live.inputs.bucket === bucket?.id,
    );
  return ends.every(versioned)
    ? undefined
    : "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration";
};

/** Block Public Access refuses a policy that lets everyone in. */
const notPublic: Rule = (made) => {
  const { Statement } = JSON.parse(input(made, "policy")) as { Statement: { Effect: string; Principal?: unknown }[] };
  const open = Statement.some(({ Effect, Principal }) => Effect === "Allow" && Principal === "*");
  return open ? "AccessDenied: public policies are blocked by the BlockPublicPolicy setting" : undefined;
};

/** Buckets and their settings. Source: S3 API reference. */
export const storageTypes: readonly ResourceType[] = [
  awsType({
    token: BUCKET,
    id: (made) => input(made, "bucket"),
    arn: (_, id) => `s3:::${id}`,
    inputs: {
      bucket: text({ ...replaced, maxLength: 63, pattern: /[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/ }),
      forceDestroy: flag({ default: false }),
      objectLockEnabled: flag({ replaces: true }),
    },
    outputs: (made, id) => ({
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${id}.s3.${regionOf(made)}.amazonaws.com`,
    }),
    unique: { property: "bucket", within: "world" },
    quota: { most: 10_000, code: "TooManyBuckets" },
  }),
  setting("aws:s3/bucketVersioning:BucketVersioning", {
    versioningConfiguration: object(
      { status: text({ required: true, values: ["Enabled", "Suspended"] }) },
      { required: true },
    ),
  }),
  setting("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
    rules: list(
      object({
        applyServerSideEncryptionByDefault: object({
          sseAlgorithm: text({ required: true, values: ["AES256", "aws:kms", "aws:kms:dsse"] }),
          kmsMasterKeyId: refers(KEY, ["arn"]),
        }),
        bucketKeyEnabled: flag(),
      }),
      { required: true },
    ),
  }),
  setting("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
    blockPublicAcls: flag({ default: false }),
    blockPublicPolicy: flag({ default: false }),
    ignorePublicAcls: flag({ default: false }),
    restrictPublicBuckets: flag({ default: false }),
  }),
  setting("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
    rule: object(
      {
        objectOwnership: text({
          required: true,
          values: ["BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter"],
        }),
      },
      { required: true },
    ),
  }),
  setting("aws:s3/bucketPolicy:BucketPolicy", { policy: json({ required: true, maxLength: 20_480 }) }, [notPublic]),
  setting("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
    rules: list(
      object({
        id: text({ required: true, maxLength: 255 }),
        status,
        filter: object({ prefix: text() }),
        transitions: list(
          object({ days: number({ min: 0 }), storageClass: text({ required: true, values: CLASSES }) }),
        ),
        expiration: object({ days: number({ min: 1 }) }),
        noncurrentVersionExpiration: object({ noncurrentDays: number({ required: true, min: 1 }) }),
        abortIncompleteMultipartUpload: object({ daysAfterInitiation: number({ min: 1 }) }),
      }),
      { max: 1000 },
    ),
  }),
  setting("aws:s3/bucketLogging:BucketLogging", {
    targetBucket: refers(BUCKET, ["bucket"], { required: true }),
    targetPrefix: text({ required: true }),
  }),
  setting(
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    {
      role: refers(ROLE, ["arn"], { required: true }),
      rules: list(
        object({
          id: text({ maxLength: 255 }),
          status,
          priority: number(),
          filter: object({ prefix: text() }),
          deleteMarkerReplication: object({ status }),
          sourceSelectionCriteria: object({ sseKmsEncryptedObjects: object({ status }) }),
          destination: object(
            {
              bucket: refers(BUCKET, ["arn"], { required: true }),
              encryptionConfiguration: object({ replicaKmsKeyId: refers(KEY, ["arn"], { required: true }) }),
              replicationTime: object({
                status,
                time: object({ minutes: number({ required: true, min: 15, max: 15 }) }),
              }),
              metrics: object({
                status,
                eventThreshold: object({ minutes: number({ required: true, min: 15, max: 15 }) }),
              }),
            },
            { required: true },
          ),
        }),
        { required: true },
      ),
    },
    [versionedBothWays],
  ),
];
