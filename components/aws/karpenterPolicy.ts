import * as pulumi from "@pulumi/pulumi";
import type { AwsPlace } from "./place";
import { policyDocument, type Statement } from "./policyDocument";

export interface KarpenterPolicyArgs {
  readonly place: AwsPlace;
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly queueArn: pulumi.Input<string>;
  readonly nodeRoleArn: pulumi.Input<string>;
}

/**
 * What Karpenter's controller may do: start nodes that carry this cluster's tag, and stop and change those alone.
 * Source: Karpenter documentation, CloudFormation reference, version 1; its intent, in actions spelt out.
 */
export function karpenterPolicy(args: KarpenterPolicyArgs): pulumi.Output<string> {
  return policyDocument([...launchStatements(args), ...ownStatements(args), ...readStatements(args)]);
}

function ec2Arns({ region, accountId }: AwsPlace, kinds: readonly string[]): pulumi.Output<string>[] {
  return kinds.map((kind) => pulumi.interpolate`arn:aws:ec2:${region}:${accountId}:${kind}/*`);
}

/** Starting needs the image, template and network, which carry no tag of the cluster, and makes what does. */
function launchStatements({ place, clusterName }: KarpenterPolicyArgs): Statement[] {
  const { region } = place;
  return [
    {
      sid: "UseExisting",
      actions: ["ec2:RunInstances", "ec2:CreateFleet"],
      resources: [
        `arn:aws:ec2:${region}::image/*`,
        `arn:aws:ec2:${region}::snapshot/*`,
        ...ec2Arns(place, ["security-group", "subnet", "capacity-reservation"]),
      ],
    },
    {
      sid: "MakeTagged",
      actions: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:CreateTags"],
      resources: ec2Arns(place, [
        "fleet",
        "instance",
        "volume",
        "network-interface",
        "launch-template",
        "spot-instances-request",
      ]),
      conditions: {
        StringEquals: { "aws:RequestTag/eks:eks-cluster-name": [clusterName] },
        StringLike: { "aws:RequestTag/karpenter.sh/nodepool": ["*"] },
      },
    },
    {
      sid: "UseOwnTemplates",
      actions: ["ec2:RunInstances", "ec2:CreateFleet"],
      resources: ec2Arns(place, ["launch-template"]),
      conditions: { StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": ["*"] } },
    },
  ];
}

/** Only what Karpenter made for this cluster, its own queue, cluster and node role. */
function ownStatements({ place, clusterName, clusterArn, queueArn, nodeRoleArn }: KarpenterPolicyArgs): Statement[] {
  return [
    {
      sid: "StopOwn",
      actions: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate", "ec2:CreateTags"],
      resources: ec2Arns(place, ["instance", "launch-template"]),
      conditions: {
        StringEquals: { "aws:ResourceTag/eks:eks-cluster-name": [clusterName] },
        StringLike: { "aws:ResourceTag/karpenter.sh/nodepool": ["*"] },
      },
    },
    {
      sid: "ReadQueue",
      actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
      resources: [queueArn],
    },
    {
      sid: "PassNodeRole",
      actions: ["iam:PassRole"],
      resources: [nodeRoleArn],
      conditions: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com"] } },
    },
    {
      sid: "OwnProfiles",
      actions: [
        "iam:AddRoleToInstanceProfile",
        "iam:CreateInstanceProfile",
        "iam:DeleteInstanceProfile",
        "iam:GetInstanceProfile",
        "iam:RemoveRoleFromInstanceProfile",
        "iam:TagInstanceProfile",
      ],
      resources: [pulumi.interpolate`arn:aws:iam::${place.accountId}:instance-profile/*`],
    },
    { sid: "FindEndpoint", actions: ["eks:DescribeCluster"], resources: [clusterArn] },
  ];
}

function readStatements({ place }: KarpenterPolicyArgs): Statement[] {
  return [
    {
      sid: "Read",
      actions: [
        "ec2:DescribeCapacityReservations",
        "ec2:DescribeImages",
        "ec2:DescribeInstances",
        "ec2:DescribeInstanceStatus",
        "ec2:DescribeInstanceTypeOfferings",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplates",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSpotPriceHistory",
        "ec2:DescribeSubnets",
        "iam:ListInstanceProfiles",
        "pricing:GetProducts",
      ],
      resources: { any: "the action knows no resources" },
      conditions: { StringEqualsIfExists: { "aws:RequestedRegion": [place.region, "us-east-1"] } },
    },
    {
      sid: "ReadImageNames",
      actions: ["ssm:GetParameter"],
      resources: [`arn:aws:ssm:${place.region}::parameter/aws/service/*`],
    },
  ];
}
