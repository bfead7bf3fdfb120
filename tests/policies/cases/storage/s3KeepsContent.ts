import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:s3/bucket:Bucket",
  pass: [{ forceDestroy: false }],
  fail: [{ props: { forceDestroy: true }, problems: ["forceDestroy is true; it must not be."] }],
};
