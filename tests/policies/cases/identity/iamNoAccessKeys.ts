import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:iam/accessKey:AccessKey",
  pass: [{ user: "ci", status: "Inactive" }],
  fail: [{ props: { user: "ci" }, problems: ["An active key; a role gives credentials that expire."] }],
};
