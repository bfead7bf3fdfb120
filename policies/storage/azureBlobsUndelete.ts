import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Deleted blobs and containers can be had back. */
export const azureBlobsUndelete = defineRule({
  name: "azure-blobs-undelete",
  title: "Deleted blobs and containers can be had back.",
  why: "A mistaken delete is final otherwise.",
  fix: "Set deleteRetentionPolicy.enabled and containerDeleteRetentionPolicy.enabled to true.",
  severity: "medium",
  purpose: "backup",
  cis: ["Azure 3.0 4.11"],
  types: ["azure-native:storage:BlobServiceProperties"],
  check: every(mustBe("deleteRetentionPolicy.enabled", true), mustBe("containerDeleteRetentionPolicy.enabled", true)),
});
