import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:secretsmanager/secret:Secret",
  pass: [{ kmsKeyId: "given" }],
  fail: [{ props: {}, problems: ["kmsKeyId is not set."] }],
};
