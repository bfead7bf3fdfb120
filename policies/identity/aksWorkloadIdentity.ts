import { every, mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** AKS workloads have identities of their own. */
export const aksWorkloadIdentity = defineRule({
  name: "aks-workload-identity",
  title: "AKS workloads have identities of their own.",
  why: "All pods share their node's identity otherwise.",
  fix: "Set oidcIssuerProfile.enabled and securityProfile.workloadIdentity.enabled to true.",
  severity: "high",
  purpose: "access",
  types: ["azure-native:containerservice:ManagedCluster"],
  check: every(mustBe("oidcIssuerProfile.enabled", true), mustBe("securityProfile.workloadIdentity.enabled", true)),
});
