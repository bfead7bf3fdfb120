import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure keeps former versions of blobs. */
export const azureBlobsVersioned = defineRule({
  name: "azure-blobs-versioned",
  title: "Azure keeps former versions of blobs.",
  why: "An overwritten model or data set is gone otherwise.",
  fix: "Set isVersioningEnabled to true.",
  severity: "medium",
  purpose: "backup",
  types: ["azure-native:storage:BlobServiceProperties"],
  check: mustBe("isVersioningEnabled", true),
});
