import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ enableLegacyAbac: false }],
  fail: [{ props: { enableLegacyAbac: true }, problems: ["enableLegacyAbac is true; it must not be."] }],
};
