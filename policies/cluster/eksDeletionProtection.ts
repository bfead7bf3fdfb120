import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production EKS cluster cannot be deleted by one call. */
export const eksDeletionProtection = defineRule({
  name: "eks-deletion-protection",
  title: "A production EKS cluster cannot be deleted by one call.",
  why: "A mistaken destroy takes every workload with it.",
  fix: "Set deletionProtection to true.",
  severity: "medium",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["aws:eks/cluster:Cluster"],
  check: mustBe("deletionProtection", true),
});
