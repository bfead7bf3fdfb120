import { mustBe } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Whoever creates an EKS cluster is not its hidden administrator. */
export const eksNoCreatorAdmin = defineRule({
  name: "eks-no-creator-admin",
  title: "Whoever creates an EKS cluster is not its hidden administrator.",
  why: "The right is in no list and stays when the person or pipeline should have lost it.",
  fix: "Set accessConfig.bootstrapClusterCreatorAdminPermissions to false and name administrators in access entries.",
  severity: "medium",
  purpose: "leastPrivilege",
  types: ["aws:eks/cluster:Cluster"],
  check: mustBe("accessConfig.bootstrapClusterCreatorAdminPermissions", false),
});
