import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/subnet:Subnet",
  pass: [{ mapPublicIpOnLaunch: false }],
  fail: [{ props: { mapPublicIpOnLaunch: true }, problems: ["mapPublicIpOnLaunch is true; it must not be."] }],
};
