import { mustBe } from "../frame/checks";
import { defineRule, PRODUCTION } from "../frame/rule";

/** A production EKS cluster can move traffic away from a failing zone. */
export const eksZonalShift = defineRule({
  name: "eks-zonal-shift",
  title: "A production EKS cluster can move traffic away from a failing zone.",
  why: "Without zonal shift a half-dead zone keeps a third of the requests.",
  fix: "Set zonalShiftConfig.enabled to true.",
  severity: "low",
  purpose: "availability",
  levels: PRODUCTION,
  types: ["aws:eks/cluster:Cluster"],
  check: mustBe("zonalShiftConfig.enabled", true),
});
