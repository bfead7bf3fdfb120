import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:kms/key:Key",
  pass: [{ enableKeyRotation: true }],
  fail: [
    { props: { enableKeyRotation: false }, problems: ["enableKeyRotation is false; it must be true."] },
    { props: {}, problems: ["enableKeyRotation is not set; it must be true."] },
  ],
};
