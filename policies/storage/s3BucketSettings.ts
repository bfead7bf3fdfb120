import { belongingTo, ofType } from "../frame/relations";
import { defineRule } from "../frame/rule";

/** What a bucket's settings are resources for, and the name of each for a reader. */
const SETTINGS = {
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "public access block",
  "aws:s3/bucketVersioning:BucketVersioning": "versioning",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "encryption",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "lifecycle",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "ownership controls",
};

/** Every S3 bucket has all of its settings. */
export const s3BucketSettings = defineRule({
  name: "s3-bucket-settings",
  title:
    "Every S3 bucket has a public access block, versioning, encryption, a lifecycle, a policy and ownership controls.",
  why: "On AWS these are resources of their own, and a bucket without them has the defaults.",
  fix: "Make the setting's resource, with the bucket's name from the bucket's output.",
  severity: "high",
  purpose: "boundary",
  types: ["aws:s3/bucket:Bucket", ...Object.keys(SETTINGS)],
  checkStack: (resources) =>
    ofType(resources, "aws:s3/bucket:Bucket").flatMap((bucket) => {
      const missing = Object.entries(SETTINGS).filter(
        ([type]) => belongingTo(resources, bucket, type, "bucket").length === 0,
      );
      if (missing.length === 0) return [];
      return [
        { urn: bucket.urn, text: `The bucket ${bucket.name} has no ${missing.map(([, name]) => name).join(", ")}.` },
      ];
    }),
});
