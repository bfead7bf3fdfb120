import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  pass: [{ ingress: [], egress: [] }],
  fail: [
    {
      props: { ingress: [{ protocol: "-1", self: true }], egress: [] },
      problems: ["ingress has 1 rules; it must have none."],
    },
  ],
};
