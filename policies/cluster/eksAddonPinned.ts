import { mustBeSet } from "../frame/checks";
import { defineRule } from "../frame/rule";

/** Every EKS add-on names its version. */
export const eksAddonPinned = defineRule({
  name: "eks-addon-pinned",
  title: "Every EKS add-on names its version.",
  why: "An add-on without a version changes on the day that AWS moves its default.",
  fix: "Set addonVersion.",
  severity: "medium",
  purpose: "integrity",
  types: ["aws:eks/addon:Addon"],
  check: mustBeSet("addonVersion"),
});
