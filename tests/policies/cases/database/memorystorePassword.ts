import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:redis/instance:Instance",
  pass: [{ authEnabled: true }],
  fail: [
    { props: { authEnabled: false }, problems: ["authEnabled is false; it must be true."] },
    { props: {}, problems: ["authEnabled is not set; it must be true."] },
  ],
};
