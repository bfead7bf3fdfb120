import { mustNotBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production GKE cluster cannot be deleted by one call. */
export const gkeDeletionProtection = defineRule({
  name: "gke-deletion-protection",
  title: "A production GKE cluster cannot be deleted by one call.",
  why: "A mistaken destroy takes every workload with it.",
  fix: "Set deletionProtection to true.",
  severity: "medium",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["gcp:container/cluster:Cluster"],
  check: mustNotBe("deletionProtection", [false]),
});
