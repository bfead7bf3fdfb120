import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:compute/subnetwork:Subnetwork",
  pass: [{ privateIpGoogleAccess: true }],
  fail: [
    { props: { privateIpGoogleAccess: false }, problems: ["privateIpGoogleAccess is false; it must be true."] },
    { props: {}, problems: ["privateIpGoogleAccess is not set; it must be true."] },
  ],
};
