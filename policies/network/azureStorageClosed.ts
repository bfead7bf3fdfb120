import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Azure storage lets in only networks that are named. */
export const azureStorageClosed = defineRule({
  name: "azure-storage-closed",
  title: "Azure storage lets in only networks that are named.",
  why: "Every address of the internet may try otherwise.",
  fix: "Set publicNetworkAccess to Disabled, or networkRuleSet.defaultAction to Deny.",
  severity: "high",
  purpose: "boundary",
  cis: ["Azure 3.0 4.7"],
  types: ["azure-native:storage:StorageAccount"],
  check: ({ props }) => {
    const [open, action] = [read(props, "publicNetworkAccess"), read(props, "networkRuleSet.defaultAction")];
    if (open === "Disabled" || action === "Deny") return [];
    return [`publicNetworkAccess is ${show(open)} and networkRuleSet.defaultAction is ${show(action)}.`];
  },
});
