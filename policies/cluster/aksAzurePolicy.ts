import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure Policy sees what runs in AKS. */
export const aksAzurePolicy = defineRule({
  name: "aks-azure-policy",
  title: "Azure Policy sees what runs in AKS.",
  why: "What a portal forbids, kubectl still does otherwise.",
  fix: "Set addonProfiles.azurepolicy.enabled to true.",
  severity: "low",
  purpose: "audit",
  types: ["azure-native:containerservice:ManagedCluster"],
  check: mustBe("addonProfiles.azurepolicy.enabled", true),
});
