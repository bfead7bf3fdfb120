import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:compute/network:Network",
  pass: [{ autoCreateSubnetworks: false }],
  fail: [
    { props: { autoCreateSubnetworks: true }, problems: ["autoCreateSubnetworks is true; it must be false."] },
    { props: {}, problems: ["autoCreateSubnetworks is not set; it must be false."] },
  ],
};
