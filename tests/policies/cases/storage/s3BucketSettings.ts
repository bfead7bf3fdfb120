import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "aws:s3/bucket:Bucket", name: "models" },
      {
        type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        name: "setting-0",
        refs: { bucket: ["models"] },
      },
      { type: "aws:s3/bucketVersioning:BucketVersioning", name: "setting-1", refs: { bucket: ["models"] } },
      {
        type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name: "setting-2",
        refs: { bucket: ["models"] },
      },
      {
        type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        name: "setting-3",
        refs: { bucket: ["models"] },
      },
      { type: "aws:s3/bucketPolicy:BucketPolicy", name: "setting-4", refs: { bucket: ["models"] } },
      {
        type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        name: "setting-5",
        refs: { bucket: ["models"] },
      },
    ],
  ],
  fail: [
    {
      stack: [
        { type: "aws:s3/bucket:Bucket", name: "models" },
        { type: "aws:s3/bucketVersioning:BucketVersioning", name: "setting-1", refs: { bucket: ["models"] } },
        {
          type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
          name: "setting-2",
          refs: { bucket: ["models"] },
        },
        {
          type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
          name: "setting-3",
          refs: { bucket: ["models"] },
        },
        { type: "aws:s3/bucketPolicy:BucketPolicy", name: "setting-4", refs: { bucket: ["models"] } },
      ],
      problems: ["The bucket models has no public access block, ownership controls."],
    },
  ],
};
