import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:BlobServiceProperties",
  pass: [{ isVersioningEnabled: true }],
  fail: [
    { props: { isVersioningEnabled: false }, problems: ["isVersioningEnabled is false; it must be true."] },
    { props: {}, problems: ["isVersioningEnabled is not set; it must be true."] },
  ],
};
