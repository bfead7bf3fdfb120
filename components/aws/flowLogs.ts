import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS } from "../naming";
import { AwsEncryptionKey } from "./encryptionKey";
import { logGroup } from "./logGroup";
import { type AwsPlace, awsName, namedTags, standardTags } from "./place";
import { policyDocument, serviceTrust } from "./policyDocument";

export interface AwsFlowLogsArgs {
  readonly place: AwsPlace;
  readonly networkId: pulumi.Input<string>;
  /** Days; see `LOG_RETENTION_DAYS`. @default by environment: 30, 90, 365 */
  readonly retentionDays?: number;
}

/** A record of every connection in the VPC, accepted or refused, in an encrypted log group of its own. */
export class AwsFlowLogs extends pulumi.ComponentResource {
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: AwsFlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:FlowLogs", name, {}, opts);
    const { place, networkId, retentionDays } = args;
    const key = new AwsEncryptionKey(
      `${name}-key`,
      { place, description: `Flow logs of ${place.stack}`, services: ["logs"] },
      { parent: this },
    );
    const group = logGroup(
      name,
      name,
      {
        place,
        logGroupName: `/tideline/${place.stack}/vpc-flow-logs`,
        kmsKeyArn: key.arn,
        ...(retentionDays === undefined ? {} : { retentionDays }),
      },
      { parent: this },
    );
    const role = new iam.Role(
      name,
      {
        name: awsName(place, name, NAME_LIMITS.awsIamRole),
        description: "Writes the VPC's flow logs",
        assumeRolePolicy: serviceTrust("vpc-flow-logs.amazonaws.com", place.accountId),
        tags: standardTags(place, name),
      },
      { parent: this },
    );
    const policy = new iam.RolePolicy(
      name,
      { role: role.name, name: "write-logs", policy: writeLogs(place, group.arn) },
      { parent: this },
    );
    new ec2.FlowLog(
      name,
      {
        vpcId: networkId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: place.environment === "prod" ? 60 : 600,
        tags: namedTags(place, name),
      },
      { parent: this, dependsOn: policy },
    );
    this.logGroupName = group.name;
    this.registerOutputs({ logGroupName: this.logGroupName });
  }
}

/** The group exists already, so CreateLogGroup is left out of the list that AWS gives for flow logs. */
function writeLogs({ region, accountId }: AwsPlace, groupArn: pulumi.Output<string>): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "WriteLogs",
      actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      resources: [groupArn, pulumi.interpolate`${groupArn}:log-stream:*`],
    },
    {
      sid: "FindGroup",
      actions: ["logs:DescribeLogGroups"],
      resources: [pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:*`],
    },
  ]);
}
