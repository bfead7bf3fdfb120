import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  pass: [{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true }],
  fail: [
    {
      props: { blockPublicAcls: false, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      problems: ["blockPublicAcls is false; it must be true."],
    },
    {
      props: { blockPublicAcls: true, blockPublicPolicy: false, ignorePublicAcls: true, restrictPublicBuckets: true },
      problems: ["blockPublicPolicy is false; it must be true."],
    },
    {
      props: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: false, restrictPublicBuckets: true },
      problems: ["ignorePublicAcls is false; it must be true."],
    },
    {
      props: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: false },
      problems: ["restrictPublicBuckets is false; it must be true."],
    },
    {
      props: {},
      problems: [
        "blockPublicAcls is not set; it must be true.",
        "blockPublicPolicy is not set; it must be true.",
        "ignorePublicAcls is not set; it must be true.",
        "restrictPublicBuckets is not set; it must be true.",
      ],
    },
  ],
};
