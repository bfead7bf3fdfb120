import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  pass: [{ rule: { objectOwnership: "BucketOwnerEnforced" } }],
  fail: [
    {
      props: { rule: { objectOwnership: "another" } },
      problems: ["rule.objectOwnership is another; it must be BucketOwnerEnforced."],
    },
    { props: {}, problems: ["rule.objectOwnership is not set; it must be BucketOwnerEnforced."] },
  ],
};
