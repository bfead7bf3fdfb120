import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure storage knows identities, not account keys. */
export const azureStorageNoKeys = defineRule({
  name: "azure-storage-no-keys",
  title: "Azure storage knows identities, not account keys.",
  why: "A key is everything in the account, for whoever has it.",
  fix: "Set allowSharedKeyAccess to false.",
  severity: "high",
  purpose: "credentials",
  types: ["azure-native:storage:StorageAccount"],
  check: mustBe("allowSharedKeyAccess", false),
});
