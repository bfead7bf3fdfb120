import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/addon:Addon",
  pass: [{ addonVersion: "v1.20.4-eksbuild.2" }],
  fail: [{ props: {}, problems: ["addonVersion is not set."] }],
};
