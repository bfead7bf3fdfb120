import { AwsObjectStore, type AwsObjectStoreArgs } from "../../../components/aws/objectStore";
import { place, recordAws } from "../../support/awsCloud";
import { type Recording, unwrap } from "../../support/pulumiMocks";

const build = (changes: Partial<AwsObjectStoreArgs> = {}) =>
  new AwsObjectStore("objects", { place: place(), ...changes });
const bucket = (kind: string) => `tideline-prod-objects-${kind}-123456789012-us-east-1`;
const s3 = (kind: string) => `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;

describe.each([false, true])("the buckets of prod, planned %s", (preview) => {
  let recording: Recording<AwsObjectStore>;
  beforeAll(async () => {
    recording = await recordAws(() => build(), { preview });
  });

  test("have names of the account's own and outlive a mistake", () => {
    const buckets = recording.ofType("aws:s3/bucket:Bucket").map(({ inputs }) => [inputs.bucket, inputs.forceDestroy]);
    expect(Object.fromEntries(buckets)).toEqual({
      [bucket("logs")]: false,
      [bucket("models")]: false,
      [bucket("artifacts")]: false,
      [bucket("data")]: false,
    });
  });

  test("are closed to the public, keep versions and know no ACLs", () => {
    for (const { inputs } of recording.ofType(s3("BucketPublicAccessBlock"))) {
      expect(inputs).toMatchObject({
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
    }
    expect(recording.ofType(s3("BucketPublicAccessBlock"))).toHaveLength(4);
    expect(recording.ofType(s3("BucketOwnershipControls"))).toHaveLength(4);
    const versions = recording.ofType(s3("BucketVersioning")).map(({ inputs }) => inputs.versioningConfiguration);
    expect(versions).toEqual(Array(4).fill({ status: "Enabled" }));
  });

  test("age: Glacier's instant class after 90 days, old versions gone after 30, parts after 7", () => {
    expect(recording.one(s3("BucketLifecycleConfiguration"), "objects-models").inputs.rules).toEqual([
      {
        id: "age",
        status: "Enabled",
        filter: { prefix: "" },
        transitions: [{ days: 90, storageClass: "GLACIER_IR" }],
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  test("write access logs to the one bucket that S3 itself encrypts", () => {
    expect(recording.ofType(s3("BucketLogging"))).toHaveLength(3);
    const algorithms = recording
      .ofType(s3("BucketServerSideEncryptionConfiguration"))
      .map(({ name, inputs }) => [name, JSON.stringify(inputs.rules).includes('"aws:kms"')]);
    expect(Object.fromEntries(algorithms)).toEqual({
      "objects-logs": false,
      "objects-models": true,
      "objects-artifacts": true,
      "objects-data": true,
    });
  });
});

test("refuses every call without TLS", async () => {
  const recording = await recordAws(() => build());
  const { Statement } = JSON.parse(String(recording.one(s3("BucketPolicy"), "objects-models").inputs.policy));
  const arn = `arn:aws:s3:::${bucket("models")}`;
  expect(Statement).toEqual([
    {
      Sid: "OnlyTls",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": ["false"] } },
    },
  ]);
});

test("a workload gets what it asks for and no more", async () => {
  const { result } = await recordAws(() => {
    const objects = build();
    return { objects, policy: objects.policyFor({ models: "read", artifacts: "write" }) };
  });
  const { Statement } = JSON.parse(await unwrap(result.policy));
  expect(Statement.map(({ Sid, Action }: { Sid: string; Action: string[] }) => [Sid, Action])).toEqual([
    ["ListModels", ["s3:ListBucket"]],
    ["ReadModels", ["s3:GetObject"]],
    ["ListArtifacts", ["s3:ListBucket"]],
    [
      "WriteArtifacts",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
    ],
    ["Key", ["kms:Decrypt", "kms:GenerateDataKey"]],
  ]);
  expect(JSON.stringify(Statement)).not.toContain(bucket("data"));
});

test("its URLs are in the form that the object library opens", async () => {
  const { result } = await recordAws(() => build());
  expect(await unwrap(result.modelsUrl)).toBe(`s3://${bucket("models")}?region=us-east-1`);
});

test("a replica in another region gets every object within fifteen minutes, under its own key", async () => {
  const recording = await recordAws(() => {
    const replica = new AwsObjectStore("replica", { place: place("prod", "us-west-2") });
    return build({ replica });
  });
  const rules = recording.ofType(s3("BucketReplicationConfig")).map(({ inputs }) => JSON.stringify(inputs.rules));
  expect(rules).toHaveLength(3);
  expect(rules.every((rule) => rule.includes('"minutes":15') && rule.includes("us-west-2"))).toBe(true);
});

test.each<[string, () => AwsObjectStoreArgs, string]>([
  [
    "glacierAfterDays",
    () => ({ place: place(), glacierAfterDays: 30 }),
    "is 30; give a whole number of at least 90 days, below which Glacier costs more than it saves.",
  ],
  ["accessLogDays", () => ({ place: place(), accessLogDays: 0 }), "is 0; give a whole number of days, at least 1."],
  [
    "replica",
    () => ({ place: place(), replica: new AwsObjectStore("replica", { place: place() }) }),
    "is in us-east-1 too, where the same disaster would find it; give a store of another region.",
  ],
])("a wrong %s is refused while planning", async (path, args, reason) => {
  await expect(recordAws(() => new AwsObjectStore("objects", args()))).rejects.toThrow(
    `AwsObjectStore "objects" cannot be planned:\n  ${path} ${reason}`,
  );
});
