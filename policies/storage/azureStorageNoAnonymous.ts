import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** No blob of an Azure storage account can be public. */
export const azureStorageNoAnonymous = defineRule({
  name: "azure-storage-no-anonymous",
  title: "No blob of an Azure storage account can be public.",
  why: "One container set to public opens it otherwise.",
  fix: "Set allowBlobPublicAccess to false.",
  severity: "critical",
  purpose: "boundary",
  cis: ["Azure 3.0 4.17"],
  types: ["azure-native:storage:StorageAccount"],
  check: mustBe("allowBlobPublicAccess", false),
});
