import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:sns/topic:Topic",
  pass: [{ kmsMasterKeyId: "given" }],
  fail: [{ props: {}, problems: ["kmsMasterKeyId is not set."] }],
};
