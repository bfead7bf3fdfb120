import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:compute/routerNat:RouterNat",
  pass: [{ logConfig: { enable: true } }],
  fail: [
    { props: { logConfig: { enable: false } }, problems: ["logConfig.enable is false; it must be true."] },
    { props: {}, problems: ["logConfig.enable is not set; it must be true."] },
  ],
};
