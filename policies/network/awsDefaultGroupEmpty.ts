import { list } from "../frame/read";
import { defineRule } from "../frame/rule";

/** A VPC's default security group lets nothing through. */
export const awsDefaultGroupEmpty = defineRule({
  name: "aws-default-group-empty",
  title: "A VPC's default security group lets nothing through.",
  why: "Whatever names no group gets this one.",
  fix: "Leave ingress and egress empty.",
  severity: "high",
  purpose: "boundary",
  cis: ["AWS 3.0 5.4"],
  types: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  check: ({ props }) =>
    ["ingress", "egress"].flatMap((way) => {
      const { length } = list(props, way);
      return length > 0 ? [`${way} has ${length} rules; it must have none.`] : [];
    }),
});
