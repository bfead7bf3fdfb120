import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:serviceaccount/key:Key",
  pass: [{ serviceAccountId: "a", publicKeyData: "given" }],
  fail: [
    { props: { serviceAccountId: "a" }, problems: ["The cloud makes a private key; workload identity needs none."] },
  ],
};
