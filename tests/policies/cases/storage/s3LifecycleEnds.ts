import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  pass: [
    {
      rules: [
        {
          status: "Enabled",
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          noncurrentVersionExpiration: { noncurrentDays: 30 },
        },
      ],
    },
  ],
  fail: [
    {
      props: {
        rules: [
          {
            status: "Disabled",
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
            noncurrentVersionExpiration: { noncurrentDays: 30 },
          },
        ],
      },
      problems: [
        "No enabled rule has abortIncompleteMultipartUpload.",
        "No enabled rule has noncurrentVersionExpiration.",
      ],
    },
    {
      props: { rules: [{ status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } }] },
      problems: ["No enabled rule has noncurrentVersionExpiration."],
    },
  ],
};
