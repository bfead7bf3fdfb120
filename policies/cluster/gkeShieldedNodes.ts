import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE proves that its nodes are its own. */
export const gkeShieldedNodes = defineRule({
  name: "gke-shielded-nodes",
  title: "GKE proves that its nodes are its own.",
  why: "A stolen bootstrap credential can pass for a node otherwise.",
  fix: "Set enableShieldedNodes to true.",
  severity: "medium",
  purpose: "hardening",
  cis: ["GKE 1.6 5.5.5"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustNotBe("enableShieldedNodes", [false]),
});
