import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** AKS has no local accounts. */
export const aksNoLocalAccounts = defineRule({
  name: "aks-no-local-accounts",
  title: "AKS has no local accounts.",
  why: "Their certificate is administrator for good, and no log says who used it.",
  fix: "Set disableLocalAccounts to true.",
  severity: "high",
  purpose: "credentials",
  cis: ["AKS 1.5 5.5.1"],
  types: ["azure-native:containerservice:ManagedCluster"],
  check: mustBe("disableLocalAccounts", true),
});
