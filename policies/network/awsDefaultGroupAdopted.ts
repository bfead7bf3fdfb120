import { belongingTo, ofType } from "../frame/relations";
import { defineRule } from "../frame/rule";

/** Every VPC's default security group is taken over. */
export const awsDefaultGroupAdopted = defineRule({
  name: "aws-default-group-adopted",
  title: "Every VPC's default security group is taken over.",
  why: "AWS makes it with rules that let its members reach each other and the internet.",
  fix: "Make an aws.ec2.DefaultSecurityGroup with the VPC's id and without rules.",
  severity: "medium",
  purpose: "boundary",
  types: ["aws:ec2/vpc:Vpc", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  checkStack: (resources) =>
    ofType(resources, "aws:ec2/vpc:Vpc")
      .filter(
        (vpc) => belongingTo(resources, vpc, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId").length === 0,
      )
      .map(({ urn, name }) => ({ urn, text: `The default security group of the VPC ${name} is as AWS made it.` })),
});
