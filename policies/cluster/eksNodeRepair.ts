import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** EKS replaces nodes that fail. */
export const eksNodeRepair = defineRule({
  name: "eks-node-repair",
  title: "EKS replaces nodes that fail.",
  why: "A node with a broken GPU or full disk otherwise stays in the pool and fails every pod it gets.",
  fix: "Set nodeRepairConfig.enabled to true.",
  severity: "medium",
  purpose: "availability",
  types: ["aws:eks/nodeGroup:NodeGroup"],
  check: mustBe("nodeRepairConfig.enabled", true),
});
