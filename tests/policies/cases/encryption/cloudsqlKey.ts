import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:sql/databaseInstance:DatabaseInstance",
  pass: [{ encryptionKeyName: "given" }],
  fail: [{ props: {}, problems: ["encryptionKeyName is not set."] }],
};
