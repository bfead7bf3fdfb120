import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** A blob container is private. */
export const azureContainerPrivate = defineRule({
  name: "azure-container-private",
  title: "A blob container is private.",
  why: "Its blobs can be read, or listed, by anyone otherwise.",
  fix: "Set publicAccess to None.",
  severity: "critical",
  purpose: "boundary",
  types: ["azure-native:storage:BlobContainer"],
  check: mustNotBe("publicAccess", ["Blob", "Container"]),
});
