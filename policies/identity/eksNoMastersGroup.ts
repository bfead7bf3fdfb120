import { texts } from "../frame/read";
import { defineRule } from "../frame/rule";

/** No EKS access entry maps to system:masters. */
export const eksNoMastersGroup = defineRule({
  name: "eks-no-masters-group",
  title: "No EKS access entry maps to system:masters.",
  why: "The group passes every authorization check and cannot be limited or taken back by RBAC.",
  fix: "Use an access policy association instead of the group.",
  severity: "high",
  purpose: "leastPrivilege",
  types: ["aws:eks/accessEntry:AccessEntry"],
  check: ({ props }) =>
    texts(props, "kubernetesGroups").includes("system:masters") ? ["kubernetesGroups holds system:masters."] : [],
});
