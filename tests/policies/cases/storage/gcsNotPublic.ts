import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucket:Bucket",
  pass: [{ publicAccessPrevention: "enforced" }],
  fail: [
    {
      props: { publicAccessPrevention: "another" },
      problems: ["publicAccessPrevention is another; it must be enforced."],
    },
    { props: {}, problems: ["publicAccessPrevention is not set; it must be enforced."] },
  ],
};
