import { mustNotExceed } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An AKS node pool has a sane largest size. */
export const aksPoolMaximum = defineRule({
  name: "aks-pool-maximum",
  title: "An AKS node pool has a sane largest size.",
  why: "A loop in an autoscaler buys machines until the subscription's quota stops it.",
  fix: "Set maxCount, or raise the rule's maxNodes.",
  severity: "medium",
  purpose: "capacity",
  config: { maxNodes: { type: "number", default: 100, description: "Largest size of one pool." } },
  types: ["azure-native:containerservice:AgentPool"],
  check: mustNotExceed("maxCount", "maxNodes"),
});
