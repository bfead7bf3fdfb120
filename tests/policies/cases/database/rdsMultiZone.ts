import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:rds/instance:Instance",
  pass: [{ multiAz: true }],
  fail: [
    { props: { multiAz: false }, problems: ["multiAz is false; it must be true."] },
    { props: {}, problems: ["multiAz is not set; it must be true."] },
  ],
};
