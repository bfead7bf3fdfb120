import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:StorageAccount",
  pass: [{ allowBlobPublicAccess: false }],
  fail: [
    { props: { allowBlobPublicAccess: true }, problems: ["allowBlobPublicAccess is true; it must be false."] },
    { props: {}, problems: ["allowBlobPublicAccess is not set; it must be false."] },
  ],
};
