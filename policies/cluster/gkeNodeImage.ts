import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE nodes run Container-Optimized OS. */
export const gkeNodeImage = defineRule({
  name: "gke-node-image",
  title: "GKE nodes run Container-Optimized OS.",
  why: "It has no package manager and a read-only root, so less to break into.",
  fix: "Set nodeConfig.imageType to COS_CONTAINERD.",
  severity: "low",
  purpose: "hardening",
  cis: ["GKE 1.6 5.5.1"],
  types: ["gcp:container/nodePool:NodePool"],
  check: mustBe("nodeConfig.imageType", "COS_CONTAINERD"),
});
