import { read, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A key vault lets in only networks that are named. */
export const azureVaultClosed = defineRule({
  name: "azure-vault-closed",
  title: "A key vault lets in only networks that are named.",
  why: "Every address of the internet may try otherwise.",
  fix: "Set properties.publicNetworkAccess to Disabled, or properties.networkAcls.defaultAction to Deny.",
  severity: "high",
  purpose: "boundary",
  types: ["azure-native:keyvault:Vault"],
  check: ({ props }) => {
    const open = String(read(props, "properties.publicNetworkAccess"));
    const action = read(props, "properties.networkAcls.defaultAction");
    if (open.toLowerCase() === "disabled" || action === "Deny") return [];
    return [`publicNetworkAccess is ${open} and networkAcls.defaultAction is ${show(action)}.`];
  },
});
