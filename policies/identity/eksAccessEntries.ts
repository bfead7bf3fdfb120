import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** EKS takes its users from access entries alone. */
export const eksAccessEntries = defineRule({
  name: "eks-access-entries",
  title: "EKS takes its users from access entries alone.",
  why: "The aws-auth config map can be lost or edited from inside the cluster, which locks everyone out or lets someone in.",
  fix: "Set accessConfig.authenticationMode to API.",
  severity: "medium",
  purpose: "access",
  types: ["aws:eks/cluster:Cluster"],
  check: mustBe("accessConfig.authenticationMode", "API"),
});
