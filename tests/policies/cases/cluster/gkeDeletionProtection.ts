import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ deletionProtection: true }],
  fail: [{ props: { deletionProtection: false }, problems: ["deletionProtection is false; it must not be."] }],
};
