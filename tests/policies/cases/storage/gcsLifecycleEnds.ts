import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucket:Bucket",
  pass: [{ lifecycleRules: [{ action: { type: "Delete" }, condition: { numNewerVersions: 5 } }] }],
  fail: [
    { props: {}, problems: ["No lifecycle rule deletes anything."] },
    {
      props: { lifecycleRules: [{ action: { type: "SetStorageClass" }, condition: { age: 90 } }] },
      problems: ["No lifecycle rule deletes anything."],
    },
  ],
};
