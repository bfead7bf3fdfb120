import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ deletionProtection: true }],
  fail: [
    { props: { deletionProtection: false }, problems: ["deletionProtection is false; it must be true."] },
    { props: {}, problems: ["deletionProtection is not set; it must be true."] },
  ],
};
