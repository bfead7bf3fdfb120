import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS, physicalName } from "../naming";
import { type AwsPlace, protects, standardTags } from "./place";
import { policyDocument } from "./policyDocument";

export interface AwsBucketArgs {
  readonly place: AwsPlace;
  /** Key for its objects. Absent in the bucket of access logs, to which S3 can write with its own key alone. */
  readonly kmsKeyArn?: pulumi.Input<string>;
  /** Bucket that gets the access logs. @default none */
  readonly logBucket?: pulumi.Input<string>;
  /** Days until objects move to Glacier's instant class, readable as before. @default never */
  readonly glacierAfterDays?: number;
  /** Days until objects go for good. @default never */
  readonly expireAfterDays?: number;
  /** Whether S3 writes access logs to it. @default false */
  readonly takesLogs?: boolean;
}

/** A private bucket: versions, encryption, TLS only, no ACLs, old versions gone after a month. */
export class AwsBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AwsBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:Bucket", name, {}, opts);
    const { place, logBucket } = args;
    const bucket = new s3.Bucket(
      name,
      { bucket: bucketName(place, name), forceDestroy: !protects(place), tags: standardTags(place, name) },
      { parent: this },
    );
    const versioning = new s3.BucketVersioning(
      name,
      { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
      { parent: this },
    );
    const closed = close(this, name, bucket);
    encrypt(this, name, bucket, args);
    // A public policy is refused once the block stands, and two calls at once on one bucket conflict.
    new s3.BucketPolicy(
      name,
      { bucket: bucket.bucket, policy: bucketPolicy(bucket.arn, args) },
      { parent: this, dependsOn: closed },
    );
    new s3.BucketLifecycleConfiguration(
      name,
      { bucket: bucket.bucket, rules: [lifecycleRule(args)] },
      { parent: this, dependsOn: versioning },
    );
    if (logBucket !== undefined) {
      new s3.BucketLogging(
        name,
        { bucket: bucket.bucket, targetBucket: logBucket, targetPrefix: pulumi.interpolate`${bucket.bucket}/` },
        { parent: this },
      );
    }
    // Whoever writes or replicates needs versions on first.
    this.bucketName = pulumi.all([bucket.bucket, versioning.id]).apply(([each]) => each);
    this.arn = pulumi.all([bucket.arn, versioning.id]).apply(([each]) => each);
    this.registerOutputs({ bucketName: this.bucketName, arn: this.arn });
  }
}

/** Names are the world's, not the account's: account and region make them ours. */
function bucketName(place: AwsPlace, name: string): pulumi.Output<string> {
  return pulumi
    .output(place.accountId)
    .apply((account) =>
      physicalName(
        { stack: place.stack, component: name, suffix: `${account}-${place.region}` },
        NAME_LIMITS.awsBucket,
      ),
    );
}

function close(parent: pulumi.Resource, name: string, { bucket }: s3.Bucket): pulumi.Resource[] {
  const block = new s3.BucketPublicAccessBlock(
    name,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    { parent },
  );
  const owner = new s3.BucketOwnershipControls(
    name,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent, dependsOn: block },
  );
  return [block, owner];
}

function encrypt(parent: pulumi.Resource, name: string, { bucket }: s3.Bucket, { kmsKeyArn }: AwsBucketArgs): void {
  const byDefault =
    kmsKeyArn === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: kmsKeyArn };
  new s3.BucketServerSideEncryptionConfiguration(
    name,
    // The bucket's own data key saves a call to KMS, and its price, for every object.
    { bucket, rules: [{ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled: kmsKeyArn !== undefined }] },
    { parent },
  );
}

function lifecycleRule({ glacierAfterDays, expireAfterDays }: AwsBucketArgs) {
  return {
    id: "age",
    status: "Enabled",
    filter: { prefix: "" },
    ...(glacierAfterDays === undefined
      ? {}
      : { transitions: [{ days: glacierAfterDays, storageClass: "GLACIER_IR" }] }),
    ...(expireAfterDays === undefined ? {} : { expiration: { days: expireAfterDays } }),
    noncurrentVersionExpiration: { noncurrentDays: 30 },
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
  };
}

function bucketPolicy(arn: pulumi.Output<string>, { place, takesLogs = false }: AwsBucketArgs): pulumi.Output<string> {
  const objects = pulumi.interpolate`${arn}/*`;
  return policyDocument([
    {
      sid: "OnlyTls",
      effect: "Deny",
      actions: ["s3:*"],
      resources: [arn, objects],
      principals: "everyone",
      conditions: { Bool: { "aws:SecureTransport": ["false"] } },
    },
    ...(takesLogs
      ? [
          {
            sid: "AccessLogs",
            actions: ["s3:PutObject"],
            resources: [objects],
            principals: { services: ["logging.s3.amazonaws.com"] },
            conditions: { StringEquals: { "aws:SourceAccount": [place.accountId] } },
          },
        ]
      : []),
  ]);
}
