import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:storage/bucket:Bucket",
  pass: [{ encryption: { defaultKmsKeyName: "given" } }],
  fail: [{ props: {}, problems: ["encryption.defaultKmsKeyName is not set."] }],
};
