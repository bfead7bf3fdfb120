import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerregistry:Registry",
  pass: [{ anonymousPullEnabled: false }],
  fail: [{ props: { anonymousPullEnabled: true }, problems: ["anonymousPullEnabled is true; it must not be."] }],
};
