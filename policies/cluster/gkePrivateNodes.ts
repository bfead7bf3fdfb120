import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE nodes have no public address. */
export const gkePrivateNodes = defineRule({
  name: "gke-private-nodes",
  title: "GKE nodes have no public address.",
  why: "Every node is a machine on the internet otherwise.",
  fix: "Set privateClusterConfig.enablePrivateNodes to true.",
  severity: "high",
  purpose: "boundary",
  cis: ["GKE 1.6 5.6.5"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustBe("privateClusterConfig.enablePrivateNodes", true),
});
