import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucket:Bucket",
  pass: [{ uniformBucketLevelAccess: true }],
  fail: [
    { props: { uniformBucketLevelAccess: false }, problems: ["uniformBucketLevelAccess is false; it must be true."] },
    { props: {}, problems: ["uniformBucketLevelAccess is not set; it must be true."] },
  ],
};
