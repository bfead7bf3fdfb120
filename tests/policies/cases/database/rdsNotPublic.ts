import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ publiclyAccessible: false }],
  fail: [{ props: { publiclyAccessible: true }, problems: ["publiclyAccessible is true; it must not be."] }],
};
