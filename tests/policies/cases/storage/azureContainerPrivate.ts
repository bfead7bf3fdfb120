import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "azure-native:storage:BlobContainer",
  pass: [{ publicAccess: "None" }],
  fail: [{ props: { publicAccess: "Blob" }, problems: ["publicAccess is Blob; it must not be."] }],
};
