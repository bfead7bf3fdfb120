import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "aws:ec2/vpc:Vpc", name: "network" },
      { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", name: "default", refs: { vpcId: ["network"] } },
    ],
  ],
  fail: [
    {
      stack: [{ type: "aws:ec2/vpc:Vpc", name: "network" }],
      problems: ["The default security group of the VPC network is as AWS made it."],
    },
  ],
};
