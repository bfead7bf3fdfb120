import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway" },
      { type: "aws:ec2/subnet:Subnet", name: "a", props: { availabilityZoneId: "z" }, refs: { vpcId: ["network"] } },
      { type: "aws:ec2/routeTable:RouteTable", name: "table" },
      { type: "aws:ec2/route:Route", name: "route", refs: { routeTableId: ["table"], natGatewayId: ["nat"] } },
      {
        type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
        name: "link",
        refs: { routeTableId: ["table"], subnetId: ["a"] },
      },
      { type: "aws:rds/subnetGroup:SubnetGroup", name: "group", refs: { subnetIds: ["a"] } },
    ],
    [
      { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway" },
      { type: "aws:ec2/subnet:Subnet", name: "a", props: { availabilityZoneId: "z" }, refs: { vpcId: ["network"] } },
      { type: "aws:ec2/routeTable:RouteTable", name: "table" },
      { type: "aws:ec2/route:Route", name: "route", refs: { routeTableId: ["table"], gatewayId: ["gateway"] } },
      { type: "aws:rds/subnetGroup:SubnetGroup", name: "group", refs: { subnetIds: ["a"] } },
    ],
  ],
  fail: [
    {
      stack: [
        { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway" },
        { type: "aws:ec2/subnet:Subnet", name: "a", props: { availabilityZoneId: "z" }, refs: { vpcId: ["network"] } },
        { type: "aws:ec2/routeTable:RouteTable", name: "table" },
        { type: "aws:ec2/route:Route", name: "route", refs: { routeTableId: ["table"], gatewayId: ["gateway"] } },
        {
          type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
          name: "link",
          refs: { routeTableId: ["table"], subnetId: ["a"] },
        },
        { type: "aws:rds/subnetGroup:SubnetGroup", name: "group", refs: { subnetIds: ["a"] } },
      ],
      problems: ["a has a route to an internet gateway."],
    },
  ],
};
