import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:compute/subnetwork:Subnetwork",
  pass: [{ logConfig: { flowSampling: 0.5 } }, { purpose: "REGIONAL_MANAGED_PROXY" }],
  fail: [
    { props: {}, problems: ["logConfig is not set."] },
    { props: { purpose: "PRIVATE" }, problems: ["logConfig is not set."] },
  ],
};
