import { belongingTo, ofType } from "../frame/relations";
import { defineRule } from "../frame/rule";

/** Every VPC has flow logs. */
export const awsFlowLogs = defineRule({
  name: "aws-flow-logs",
  title: "Every VPC has flow logs.",
  why: "A break-in is seen in traffic before anywhere else.",
  fix: "Make an aws.ec2.FlowLog with the VPC's id.",
  severity: "medium",
  purpose: "audit",
  cis: ["AWS 3.0 3.7"],
  types: ["aws:ec2/vpc:Vpc", "aws:ec2/flowLog:FlowLog"],
  checkStack: (resources) =>
    ofType(resources, "aws:ec2/vpc:Vpc")
      .filter((vpc) => belongingTo(resources, vpc, "aws:ec2/flowLog:FlowLog", "vpcId").length === 0)
      .map(({ urn, name }) => ({ urn, text: `No flow log is made for the VPC ${name}.` })),
});
