import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:containerservice:ManagedCluster",
  pass: [{ disableLocalAccounts: true }],
  fail: [
    { props: { disableLocalAccounts: false }, problems: ["disableLocalAccounts is false; it must be true."] },
    { props: {}, problems: ["disableLocalAccounts is not set; it must be true."] },
  ],
};
