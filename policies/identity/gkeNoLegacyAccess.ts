import { mustNotBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** GKE decides by RBAC alone. */
export const gkeNoLegacyAccess = defineRule({
  name: "gke-no-legacy-access",
  title: "GKE decides by RBAC alone.",
  why: "Legacy access control lets every service account do everything.",
  fix: "Set enableLegacyAbac to false.",
  severity: "high",
  purpose: "leastPrivilege",
  cis: ["GKE 1.6 5.8.3"],
  types: ["gcp:container/cluster:Cluster"],
  check: mustNotBe("enableLegacyAbac", [true]),
});
