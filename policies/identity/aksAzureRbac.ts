import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Azure decides who may do what in AKS. */
export const aksAzureRbac = defineRule({
  name: "aks-azure-rbac",
  title: "Azure decides who may do what in AKS.",
  why: "Rights outlive people where they are kept in the cluster only.",
  fix: "Set aadProfile.managed and aadProfile.enableAzureRBAC to true.",
  severity: "medium",
  purpose: "access",
  cis: ["AKS 1.5 5.5.2"],
  types: ["azure-native:containerservice:ManagedCluster"],
  check: every(mustBe("aadProfile.managed", true), mustBe("aadProfile.enableAzureRBAC", true)),
});
