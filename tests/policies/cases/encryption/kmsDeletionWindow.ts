import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:kms/key:Key",
  pass: [{ deletionWindowInDays: 14 }],
  fail: [
    { props: { deletionWindowInDays: 13 }, problems: ["deletionWindowInDays is 13; it must be at least 14."] },
    { props: {}, problems: ["deletionWindowInDays is not set; it must be at least 14."] },
  ],
};
