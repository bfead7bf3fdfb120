import { mustNotExceed } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An EKS node group has a sane largest size. */
export const eksNodeGroupMaximum = defineRule({
  name: "eks-node-group-maximum",
  title: "An EKS node group has a sane largest size.",
  why: "A loop in an autoscaler buys machines until the account's quota stops it.",
  fix: "Lower scalingConfig.maxSize, or raise the rule's maxNodes.",
  severity: "medium",
  purpose: "capacity",
  config: { maxNodes: { type: "number", default: 100, description: "Largest size of one group." } },
  types: ["aws:eks/nodeGroup:NodeGroup"],
  check: mustNotExceed("scalingConfig.maxSize", "maxNodes"),
});
