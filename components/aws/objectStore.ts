import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { ObjectStore } from "../contract";
import { AwsBucket } from "./bucket";
import { AwsBucketReplication } from "./bucketReplication";
import { AwsEncryptionKey } from "./encryptionKey";
import type { AwsPlace } from "./place";
import { policyDocument, type Statement } from "./policyDocument";

export interface AwsObjectStoreArgs {
  readonly place: AwsPlace;
  /** Store in another region that gets a copy of everything. @default none */
  readonly replica?: AwsObjectStore;
  /** Days until objects move to Glacier's instant class, at least 90. @default 90 */
  readonly glacierAfterDays?: number;
  /** Days that access logs are kept. @default 90; 365 in prod */
  readonly accessLogDays?: number;
}

/** The buckets of a store. */
export const BUCKETS = ["models", "artifacts", "data"] as const;
export type BucketKind = (typeof BUCKETS)[number];

/** What a workload may do with each bucket; nothing with those it does not name. */
export type BucketAccess = Readonly<Partial<Record<BucketKind, "read" | "write">>>;

/** Three private buckets under one key, with access logs. */
export class AwsObjectStore extends pulumi.ComponentResource implements ObjectStore {
  readonly modelsUrl: pulumi.Output<string>;
  readonly artifactsUrl: pulumi.Output<string>;
  readonly dataUrl: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly region: string;
  readonly buckets: Readonly<Record<BucketKind, AwsBucket>>;

  constructor(name: string, args: AwsObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsObjectStore", name, objectStoreProblems(args));
    super("tideline:aws:ObjectStore", name, {}, opts);
    const { place, replica, glacierAfterDays = 90 } = args;
    const { accessLogDays = place.environment === "prod" ? 365 : 90 } = args;
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Objects of ${place.stack} in ${place.region}` },
      { parent: this },
    );
    const logs = new AwsBucket(
      `${name}-logs`,
      { place, takesLogs: true, expireAfterDays: accessLogDays },
      { parent: this },
    );
    const bucket = (kind: BucketKind) =>
      new AwsBucket(
        `${name}-${kind}`,
        { place, kmsKeyArn: key.arn, logBucket: logs.bucketName, glacierAfterDays },
        { parent: this },
      );
    this.keyArn = key.arn;
    this.region = place.region;
    this.buckets = { models: bucket("models"), artifacts: bucket("artifacts"), data: bucket("data") };
    if (replica) {
      new AwsBucketReplication(`${name}-replication`, { place, from: this, to: replica }, { parent: this });
    }
    const url = (kind: BucketKind) => pulumi.interpolate`s3://${this.buckets[kind].bucketName}?region=${place.region}`;
    this.modelsUrl = url("models");
    this.artifactsUrl = url("artifacts");
    this.dataUrl = url("data");
    this.registerOutputs({ modelsUrl: this.modelsUrl, artifactsUrl: this.artifactsUrl, dataUrl: this.dataUrl });
  }

  /** Policy of a workload that may do just this with the buckets. */
  policyFor(access: BucketAccess): pulumi.Output<string> {
    const kinds = BUCKETS.filter((kind) => access[kind] !== undefined);
    const writes = kinds.some((kind) => access[kind] === "write");
    const statements: Statement[] = kinds.flatMap((kind) =>
      bucketStatements(kind, this.buckets[kind].arn, access[kind]),
    );
    return policyDocument([
      ...statements,
      {
        sid: "Key",
        actions: writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"],
        resources: [this.keyArn],
      },
    ]);
  }
}

/** All that is wrong with a store's arguments. */
export function objectStoreProblems(args: AwsObjectStoreArgs): readonly ArgumentProblem[] {
  const { glacierAfterDays, replica, accessLogDays } = args;
  return [
    ...problemIf(
      glacierAfterDays !== undefined && (!Number.isInteger(glacierAfterDays) || glacierAfterDays < 90),
      "glacierAfterDays",
      `is ${glacierAfterDays}; give a whole number of at least 90 days, below which Glacier costs more than it saves.`,
    ),
    ...problemIf(
      accessLogDays !== undefined && (!Number.isInteger(accessLogDays) || accessLogDays < 1),
      "accessLogDays",
      `is ${accessLogDays}; give a whole number of days, at least 1.`,
    ),
    ...problemIf(
      replica !== undefined && replica.region === args.place.region,
      "replica",
      `is in ${args.place.region} too, where the same disaster would find it; give a store of another region.`,
    ),
  ];
}

function bucketStatements(
  kind: BucketKind,
  arn: pulumi.Output<string>,
  access: "read" | "write" | undefined,
): Statement[] {
  const label = kind.charAt(0).toUpperCase() + kind.slice(1);
  const read = ["s3:GetObject"];
  const write = [...read, "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
  return [
    { sid: `List${label}`, actions: ["s3:ListBucket"], resources: [arn] },
    {
      sid: `${access === "write" ? "Write" : "Read"}${label}`,
      actions: access === "write" ? write : read,
      resources: [pulumi.interpolate`${arn}/*`],
    },
  ];
}
