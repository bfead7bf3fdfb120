import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "aws:ec2/vpc:Vpc", name: "network" },
      { type: "aws:ec2/flowLog:FlowLog", name: "logs", refs: { vpcId: ["network"] } },
    ],
    [],
  ],
  fail: [
    {
      stack: [
        { type: "aws:ec2/vpc:Vpc", name: "network" },
        { type: "aws:ec2/flowLog:FlowLog", name: "logs" },
      ],
      problems: ["No flow log is made for the VPC network."],
    },
  ],
};
