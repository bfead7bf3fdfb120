import * as monitoring from "@pulumi/gcp/monitoring";
import * as pubsub from "@pulumi/gcp/pubsub";
import type * as pulumi from "@pulumi/pulumi";
import { NAME_LIMITS, physicalName } from "../naming";
import { type GcpPlace, standardLabels } from "./place";
import { serviceAccount } from "./secrets";

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
