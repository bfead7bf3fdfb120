import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  pass: [{ kmsKeyId: "given" }],
  fail: [{ props: {}, problems: ["kmsKeyId is not set."] }],
};
