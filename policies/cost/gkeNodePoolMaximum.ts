import { read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A GKE node pool has a sane largest size. */
export const gkeNodePoolMaximum = defineRule({
  name: "gke-node-pool-maximum",
  title: "A GKE node pool has a sane largest size.",
  why: "A loop in an autoscaler buys machines until the project's quota stops it.",
  fix: "Set autoscaling.totalMaxNodeCount, or maxNodeCount a zone; or raise the rule's maxNodes.",
  severity: "medium",
  purpose: "capacity",
  config: { maxNodes: { type: "number", default: 100, description: "Largest size of one pool." } },
  types: ["gcp:container/nodePool:NodePool"],
  check: ({ props }, { maxNodes }) => {
    const most = Number(read(props, "autoscaling.totalMaxNodeCount") ?? read(props, "autoscaling.maxNodeCount"));
    return most > 0 && most <= Number(maxNodes)
      ? []
      : [`The largest size is ${Number.isNaN(most) ? "not set" : most}; it must be between 1 and ${maxNodes}.`];
  },
});
