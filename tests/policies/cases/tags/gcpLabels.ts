import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucket:Bucket",
  pass: [{ labels: { stack: "prod", environment: "prod", "managed-by": "tideline" } }],
  fail: [{ props: { labels: { stack: "prod" } }, problems: ["labels lacks environment, managed-by."] }],
};
