import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:StorageAccount",
  pass: [{ allowSharedKeyAccess: false }],
  fail: [
    { props: { allowSharedKeyAccess: true }, problems: ["allowSharedKeyAccess is true; it must be false."] },
    { props: {}, problems: ["allowSharedKeyAccess is not set; it must be false."] },
  ],
};
