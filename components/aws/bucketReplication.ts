import * as s3 from "@pulumi/aws/s3";
import * as pulumi from "@pulumi/pulumi";
import type { AwsObjectStore, BucketKind } from "./objectStore";
import type { AwsPlace } from "./place";
import { policyDocument, serviceTrust } from "./policyDocument";
import { role } from "./role";

export interface AwsBucketReplicationArgs {
  readonly place: AwsPlace;
  readonly from: Pick<AwsObjectStore, "buckets" | "keyArn" | "region">;
  readonly to: Pick<AwsObjectStore, "buckets" | "keyArn" | "region">;
}

/** Copies every new object of a store to a store in another region, within fifteen minutes. */
export class AwsBucketReplication extends pulumi.ComponentResource {
  constructor(name: string, args: AwsBucketReplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:BucketReplication", name, {}, opts);
    const { place, from, to } = args;
    const replicator = role(
      name,
      {
        place,
        description: `Copies objects from ${from.region} to ${to.region}`,
        trust: serviceTrust("s3.amazonaws.com", place.accountId),
        inline: { replicate: replicationPolicy(args) },
      },
      { parent: this },
    );
    for (const kind of Object.keys(from.buckets) as BucketKind[]) {
      new s3.BucketReplicationConfig(
        `${name}-${kind}`,
        {
          bucket: from.buckets[kind].bucketName,
          role: replicator.role.arn,
          rules: [
            {
              id: "all",
              status: "Enabled",
              priority: 1,
              filter: { prefix: "" },
              deleteMarkerReplication: { status: "Enabled" },
              sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
              destination: {
                bucket: to.buckets[kind].arn,
                encryptionConfiguration: { replicaKmsKeyId: to.keyArn },
                replicationTime: { status: "Enabled", time: { minutes: 15 } },
                metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
              },
            },
          ],
        },
        { parent: this, dependsOn: [...replicator.policies] },
      );
    }
    this.registerOutputs({});
  }
}

function replicationPolicy({ from, to }: AwsBucketReplicationArgs): pulumi.Output<string> {
  const arns = (store: AwsBucketReplicationArgs["from"]) => Object.values(store.buckets).map(({ arn }) => arn);
  const objects = (store: AwsBucketReplicationArgs["from"]) => arns(store).map((arn) => pulumi.interpolate`${arn}/*`);
  return policyDocument([
    { sid: "Watch", actions: ["s3:GetReplicationConfiguration", "s3:ListBucket"], resources: arns(from) },
    {
      sid: "Read",
      actions: ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      resources: objects(from),
    },
    {
      sid: "Copy",
      actions: ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
      resources: objects(to),
    },
    { sid: "Decrypt", actions: ["kms:Decrypt"], resources: [from.keyArn] },
    { sid: "Encrypt", actions: ["kms:Encrypt", "kms:GenerateDataKey"], resources: [to.keyArn] },
  ]);
}
