import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ enableShieldedNodes: true }],
  fail: [{ props: { enableShieldedNodes: false }, problems: ["enableShieldedNodes is false; it must not be."] }],
};
