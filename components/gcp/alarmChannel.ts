import * as monitoring from "@pulumi/gcp/monitoring";
import * as pubsub from "@pulumi/gcp/pubsub";
import * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS, physicalName } from "../naming";
import { type GcpPlace, standardLabels } from "./place";
import { serviceAccount } from "./secrets";

/** Whom alarms reach besides the topic. */
export interface GcpContacts {
  readonly emails?: readonly string[];
  /** HTTPS addresses by name; whoever knows one can send there, so they are secret. */
  readonly webhooks?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Integration key of a PagerDuty service. */
  readonly pagerDutyKey?: pulumi.Input<string>;
  readonly slack?: { readonly channel: string; readonly token: pulumi.Input<string> };
}

interface AlarmChannelArgs extends GcpPlace {
  readonly projectNumber: pulumi.Input<string>;
  readonly key: pulumi.Input<string>;
}

/** A topic that one central place can subscribe to, whatever the cloud, and the channel that publishes alarms to it. */
export function createAlarmChannel(parent: pulumi.Resource, name: string, args: AlarmChannelArgs) {
  const { stack, project, projectNumber, key, region } = args;
  const topic = new pubsub.Topic(
    name,
    {
      name: physicalName({ stack, component: name }, NAME_LIMITS.gcpCompute),
      project,
      kmsKeyName: key,
      // Seven days, in the stack's region: time to read what was published while nobody listened.
      messageRetentionDuration: `${7 * 86_400}s`,
      messageStoragePolicy: { allowedPersistenceRegions: [region] },
      labels: standardLabels(args, name),
    },
    { parent },
  );
  const channel = new monitoring.NotificationChannel(
    name,
    {
      project,
      displayName: `${stack}: all alarms`,
      type: "pubsub",
      labels: { topic: topic.id },
      userLabels: standardLabels(args, name),
    },
    { parent },
  );
  new pubsub.TopicIAMMember(
    name,
    {
      topic: topic.name,
      project,
      role: "roles/pubsub.publisher",
      member: serviceAccount(projectNumber, "gcp-sa-monitoring-notification"),
    },
    // Google makes this account with the project's first channel of the kind.
    { parent, dependsOn: channel },
  );
  return { topic, channel };
}

/** The channels by which people hear of alarms. */
export function contactChannels(
  parent: pulumi.Resource,
  name: string,
  args: GcpPlace & { readonly contacts?: GcpContacts },
): monitoring.NotificationChannel[] {
  const { emails = [], webhooks = {}, pagerDutyKey, slack } = args.contacts ?? {};
  const create = (part: string, inputs: Omit<monitoring.NotificationChannelArgs, "project" | "userLabels">) =>
    new monitoring.NotificationChannel(
      `${name}-${part}`,
      {
        project: args.project,
        displayName: `${args.stack}: ${part}`,
        userLabels: standardLabels(args, name),
        ...inputs,
      },
      { parent },
    );
  return [
    ...emails.map((email) => create(`email-${email}`, { type: "email", labels: { email_address: email } })),
    ...Object.entries(webhooks).map(([webhook, url]) =>
      create(`webhook-${webhook}`, { type: "webhook_tokenauth", labels: { url: pulumi.secret(url) } }),
    ),
    ...(pagerDutyKey
      ? [create("pagerduty", { type: "pagerduty", sensitiveLabels: { serviceKey: pulumi.secret(pagerDutyKey) } })]
      : []),
    ...(slack
      ? [
          create("slack", {
            type: "slack",
            labels: { channel_name: slack.channel },
            sensitiveLabels: { authToken: pulumi.secret(slack.token) },
          }),
        ]
      : []),
  ];
}
