import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ skipFinalSnapshot: false }],
  fail: [{ props: { skipFinalSnapshot: true }, problems: ["skipFinalSnapshot is true; it must not be."] }],
};
