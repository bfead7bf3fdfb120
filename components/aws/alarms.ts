import * as budgets from "@pulumi/aws/budgets";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Alarms } from "../contract";
import { NAME_LIMITS } from "../naming";
import { type AlarmRule, alarmProblems, databaseAlarms, networkAlarms } from "./alarmRules";
import { dashboardBody } from "./dashboard";
import { AwsEncryptionKey } from "./encryptionKey";
import { type AwsPlace, awsName, standardTags } from "./place";
import { policyDocument } from "./policyDocument";

export interface AwsAlarmsArgs {
  readonly place: AwsPlace;
  readonly clusterName: string;
  /** The database in RDS, to be watched. */
  readonly database: { readonly identifier: string; readonly storageGb: number };
  /** Ids of NAT gateways to be watched. @default none */
  readonly natGatewayIds?: readonly pulumi.Input<string>[];
  /** Who hears of alarms. Webhooks must confirm the subscription, as PagerDuty's AWS integration and Slack's do. */
  readonly contacts?: {
    readonly emails?: readonly string[];
    /** https:// URLs by name; they hold a key, so they are secret. */
    readonly webhooks?: Readonly<Record<string, pulumi.Input<string>>>;
  };
  /** US dollars a month; alarms at 80 and 95 per cent, and when 100 is forecast. @default no budget */
  readonly monthlyBudget?: number;
}

/** One encrypted topic for all alarms, who hears them, the alarms themselves, a dashboard and a budget. */
export class AwsAlarms extends pulumi.ComponentResource implements Alarms {
  readonly channel: pulumi.Output<string>;

  constructor(name: string, args: AwsAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsAlarms", name, alarmProblems(args));
    super("tideline:aws:Alarms", name, {}, opts);
    const { place, clusterName, database, natGatewayIds = [] } = args;
    const topic = createTopic(this, name, args);
    const rules = [...databaseAlarms(database), ...natGatewayIds.flatMap((id, index) => networkAlarms(id, index))];
    for (const rule of rules) createAlarm(this, name, place, topic, rule);
    new cloudwatch.Dashboard(
      name,
      {
        dashboardName: awsName(place, name, NAME_LIMITS.awsAlarm),
        dashboardBody: dashboardBody({
          region: place.region,
          clusterName,
          databaseIdentifier: database.identifier,
          nodeGroupPrefix: `eks-${clusterName}`,
        }),
      },
      { parent: this },
    );
    if (args.monthlyBudget !== undefined) createBudget(this, name, place, topic, args.monthlyBudget);
    this.channel = topic.arn;
    this.registerOutputs({ channel: this.channel });
  }
}

/** Services that raise alarms through the topic. */
const RAISERS = ["cloudwatch", "budgets", "events"] as const;

function createTopic(parent: pulumi.Resource, name: string, { place, contacts = {} }: AwsAlarmsArgs): sns.Topic {
  const key = new AwsEncryptionKey(
    `${name}-key`,
    { place, description: `Alarms of ${place.stack}`, services: RAISERS },
    { parent },
  );
  const topic = new sns.Topic(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsTopic),
      kmsMasterKeyId: key.arn,
      tags: standardTags(place, name),
    },
    { parent },
  );
  const policy = policyDocument(
    RAISERS.map((service) => ({
      sid: service,
      actions: ["sns:Publish"],
      resources: [topic.arn],
      principals: { services: [`${service}.amazonaws.com`] },
      conditions: { StringEquals: { "aws:SourceAccount": [place.accountId] } },
    })),
  );
  new sns.TopicPolicy(name, { arn: topic.arn, policy }, { parent });
  const { emails = [], webhooks = {} } = contacts;
  for (const email of emails) {
    new sns.TopicSubscription(`${name}-${email}`, { topic: topic.arn, protocol: "email", endpoint: email }, { parent });
  }
  for (const [webhook, url] of Object.entries(webhooks)) {
    new sns.TopicSubscription(
      `${name}-${webhook}`,
      { topic: topic.arn, protocol: "https", endpoint: pulumi.secret(url), endpointAutoConfirms: true },
      { parent },
    );
  }
  return topic;
}

function createAlarm(parent: pulumi.Resource, name: string, place: AwsPlace, topic: sns.Topic, rule: AlarmRule): void {
  const { part, description, ...metric } = rule;
  new cloudwatch.MetricAlarm(
    `${name}-${part}`,
    {
      name: awsName(place, name, NAME_LIMITS.awsAlarm, part),
      alarmDescription: description,
      ...metric,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
      tags: standardTags(place, name),
    },
    { parent },
  );
}

function createBudget(parent: pulumi.Resource, name: string, place: AwsPlace, topic: sns.Topic, monthly: number): void {
  const notify = (notificationType: "ACTUAL" | "FORECASTED", threshold: number) => ({
    comparisonOperator: "GREATER_THAN",
    notificationType,
    threshold,
    thresholdType: "PERCENTAGE",
    subscriberSnsTopicArns: [topic.arn],
  });
  new budgets.Budget(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsBudget),
      budgetType: "COST",
      limitAmount: String(monthly),
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      // Counts what carries the stack's tag; the tag must be switched on once for cost allocation.
      costFilters: [{ name: "TagKeyValue", values: [`user:Stack$${place.stack}`] }],
      notifications: [notify("ACTUAL", 80), notify("ACTUAL", 95), notify("FORECASTED", 100)],
      tags: standardTags(place, name),
    },
    { parent },
  );
}
