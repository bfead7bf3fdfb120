import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** An EKS cluster is upgraded, not put on extended support. */
export const eksStandardSupport = defineRule({
  name: "eks-standard-support",
  title: "An EKS cluster is upgraded, not put on extended support.",
  why: "Extended support costs six times as much an hour, and comes on by itself when an upgrade is forgotten.",
  fix: "Set upgradePolicy.supportType to STANDARD.",
  severity: "low",
  purpose: "patching",
  types: ["aws:eks/cluster:Cluster"],
  check: mustBe("upgradePolicy.supportType", "STANDARD"),
});
