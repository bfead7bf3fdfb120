import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as eks from "@pulumi/aws/eks";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { karpenterPolicy } from "./karpenterPolicy";
import { type AwsPlace, awsName, standardTags } from "./place";
import { podTrust, policyDocument, serviceTrust } from "./policyDocument";
import { role } from "./role";

export interface AwsKarpenterArgs {
  readonly place: AwsPlace;
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  /** Namespace of the chart; its service account is `karpenter`. */
  readonly namespace: string;
}

/** What EventBridge tells Karpenter, so that it moves pods before AWS takes a node away. */
const EVENTS: Readonly<Record<string, { readonly source: string; readonly detailType: string }>> = {
  health: { source: "aws.health", detailType: "AWS Health Event" },
  spot: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  state: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  reservation: { source: "aws.ec2", detailType: "EC2 Capacity Reservation Instance Interruption Warning" },
};

/** Karpenter's half in AWS: a queue of interruptions, the rules that fill it, the controller's and the nodes' roles. */
export class AwsKarpenter extends pulumi.ComponentResource {
  /** Name of the queue, for the chart's settings.interruptionQueue. */
  readonly queueName: pulumi.Output<string>;
  /** Name of the role that node classes name. */
  readonly nodeRoleName: pulumi.Output<string>;

  constructor(name: string, args: AwsKarpenterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:Karpenter", name, {}, opts);
    const { place, clusterName, clusterArn, namespace } = args;
    const queue = interruptionQueue(this, name, place);
    const nodes = role(
      `${name}-nodes`,
      {
        place,
        description: "Nodes that Karpenter starts",
        trust: serviceTrust("ec2.amazonaws.com"),
        managed: [
          "AmazonEKSWorkerNodePolicy",
          "AmazonEKS_CNI_Policy",
          "AmazonEC2ContainerRegistryPullOnly",
          "AmazonSSMManagedInstanceCore",
        ],
      },
      { parent: this },
    );
    new eks.AccessEntry(
      `${name}-nodes`,
      { clusterName, principalArn: nodes.role.arn, type: "EC2_LINUX", tags: standardTags(place, name) },
      { parent: this },
    );
    const policy = karpenterPolicy({
      place,
      clusterName,
      clusterArn,
      queueArn: queue.arn,
      nodeRoleArn: nodes.role.arn,
    });
    const controller = role(
      name,
      { place, description: "Karpenter's controller", trust: podTrust(), inline: { controller: policy } },
      { parent: this },
    );
    new eks.PodIdentityAssociation(
      name,
      {
        clusterName,
        namespace,
        serviceAccount: "karpenter",
        roleArn: controller.role.arn,
        tags: standardTags(place, name),
      },
      { parent: this },
    );
    this.queueName = queue.name;
    this.nodeRoleName = nodes.role.name;
    this.registerOutputs({ queueName: this.queueName, nodeRoleName: this.nodeRoleName });
  }
}

function interruptionQueue(parent: pulumi.Resource, name: string, place: AwsPlace): sqs.Queue {
  const queue = new sqs.Queue(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsQueue),
      // An interruption that is five minutes old is history.
      messageRetentionSeconds: 300,
      sqsManagedSseEnabled: true,
      tags: standardTags(place, name),
    },
    { parent },
  );
  const policy = policyDocument([
    {
      sid: "Events",
      actions: ["sqs:SendMessage"],
      resources: [queue.arn],
      principals: { services: ["events.amazonaws.com"] },
      conditions: { StringEquals: { "aws:SourceAccount": [place.accountId] } },
    },
    {
      sid: "OnlyTls",
      effect: "Deny",
      actions: ["sqs:SendMessage", "sqs:ReceiveMessage"],
      resources: [queue.arn],
      principals: "everyone",
      conditions: { Bool: { "aws:SecureTransport": ["false"] } },
    },
  ]);
  new sqs.QueuePolicy(name, { queueUrl: queue.url, policy }, { parent });
  for (const [part, { source, detailType }] of Object.entries(EVENTS)) {
    const rule = new cloudwatch.EventRule(
      `${name}-${part}`,
      {
        name: awsName(place, name, NAME_LIMITS.awsEventRule, part),
        description: `${detailType}, for Karpenter`,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
        tags: standardTags(place, name),
      },
      { parent },
    );
    new cloudwatch.EventTarget(
      `${name}-${part}`,
      { rule: rule.name, targetId: "karpenter", arn: queue.arn },
      { parent },
    );
  }
  return queue;
}
