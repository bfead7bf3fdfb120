import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE pods cannot reach their node's credentials. */
export const gkeNodeMetadata = defineRule({
  name: "gke-node-metadata",
  title: "GKE pods cannot reach their node's credentials.",
  why: "Every pod can act as the node otherwise.",
  fix: "Set nodeConfig.workloadMetadataConfig.mode to GKE_METADATA.",
  severity: "high",
  purpose: "leastPrivilege",
  cis: ["GKE 1.6 5.4.1"],
  types: ["gcp:container/nodePool:NodePool"],
  check: mustBe("nodeConfig.workloadMetadataConfig.mode", "GKE_METADATA"),
});
