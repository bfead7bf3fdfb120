import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerregistry:Registry",
  pass: [{ adminUserEnabled: false }],
  fail: [{ props: { adminUserEnabled: true }, problems: ["adminUserEnabled is true; it must not be."] }],
};
