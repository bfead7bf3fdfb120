import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** AKS nodes have no public address. */
export const aksNodesPrivate = defineRule({
  name: "aks-nodes-private",
  title: "AKS nodes have no public address.",
  why: "Every node is a machine on the internet otherwise.",
  fix: "Set enableNodePublicIP to false.",
  severity: "high",
  purpose: "boundary",
  cis: ["AKS 1.5 5.4.3"],
  types: ["azure-native:containerservice:AgentPool"],
  check: mustNotBe("enableNodePublicIP", [true]),
});
