import { missingLabels } from "../frame/labels";
import { texts } from "../frame/read";
import { defineRule } from "../frame/rule";
import { textsSetting } from "../frame/settings";

/** AWS resources say whose they are. */
export const awsTags = defineRule({
  name: "aws-tags",
  title: "AWS resources say whose they are.",
  why: "A bill without tags is nobody's, and so is a leak.",
  fix: "Set the provider's defaultTags, or tags.",
  severity: "low",
  purpose: "ownership",
  config: {
    required: textsSetting(["Project", "Stack", "Environment", "ManagedBy"], "Tags that must have a value."),
  },
  types: [
    "aws:ec2/vpc:Vpc",
    "aws:ec2/subnet:Subnet",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/launchTemplate:LaunchTemplate",
    "aws:eks/cluster:Cluster",
    "aws:eks/nodeGroup:NodeGroup",
    "aws:rds/instance:Instance",
    "aws:s3/bucket:Bucket",
    "aws:kms/key:Key",
    "aws:iam/role:Role",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:secretsmanager/secret:Secret",
    "aws:ecr/repository:Repository",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:sns/topic:Topic",
  ],
  check: ({ props }, settings) => missingLabels(["tags", "tagsAll"], props, texts(settings, "required")),
});
