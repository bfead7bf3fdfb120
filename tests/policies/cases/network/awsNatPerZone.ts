import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "aws:ec2/vpc:Vpc", name: "network" },
      {
        type: "aws:ec2/subnet:Subnet",
        name: "a",
        props: { availabilityZoneId: "use1-az1" },
        refs: { vpcId: ["network"] },
      },
      {
        type: "aws:ec2/subnet:Subnet",
        name: "b",
        props: { availabilityZoneId: "use1-az2" },
        refs: { vpcId: ["network"] },
      },
      { type: "aws:ec2/natGateway:NatGateway", name: "n1", refs: { subnetId: ["a"] } },
      { type: "aws:ec2/natGateway:NatGateway", name: "n2", refs: { subnetId: ["b"] } },
    ],
    [
      { type: "aws:ec2/vpc:Vpc", name: "network" },
      {
        type: "aws:ec2/subnet:Subnet",
        name: "a",
        props: { availabilityZoneId: "use1-az1" },
        refs: { vpcId: ["network"] },
      },
    ],
  ],
  fail: [
    {
      stack: [
        { type: "aws:ec2/vpc:Vpc", name: "network" },
        {
          type: "aws:ec2/subnet:Subnet",
          name: "a",
          props: { availabilityZoneId: "use1-az1" },
          refs: { vpcId: ["network"] },
        },
        {
          type: "aws:ec2/subnet:Subnet",
          name: "b",
          props: { availabilityZoneId: "use1-az2" },
          refs: { vpcId: ["network"] },
        },
        { type: "aws:ec2/natGateway:NatGateway", name: "n1", refs: { subnetId: ["a"] } },
      ],
      problems: ["No NAT gateway stands in use1-az2."],
    },
  ],
};
