import { mustBeOneOf } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** AKS enforces network policies. */
export const aksNetworkPolicies = defineRule({
  name: "aks-network-policies",
  title: "AKS enforces network policies.",
  why: "Policies are accepted and do nothing otherwise.",
  fix: "Set networkProfile.networkPolicy to cilium, azure or calico.",
  severity: "high",
  purpose: "boundary",
  cis: ["AKS 1.5 5.4.4"],
  types: ["azure-native:containerservice:ManagedCluster"],
  check: mustBeOneOf("networkProfile.networkPolicy", ["cilium", "azure", "calico"]),
});
