import type * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf } from "../arguments";
import type { AwsAlarmsArgs } from "./alarms";

/** One alarm on one CloudWatch metric. */
export interface AlarmRule {
  /** Ending of its name. */
  readonly part: string;
  /** What it means, and what to look at. */
  readonly description: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, pulumi.Input<string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum";
  readonly comparisonOperator: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
  readonly evaluationPeriods: number;
  readonly treatMissingData: "missing" | "notBreaching" | "breaching";
}

const GIB = 2 ** 30;

/** The database's alarms: busy for a quarter of an hour, nearly full, out of memory. */
export function databaseAlarms({ identifier, storageGb }: AwsAlarmsArgs["database"]): readonly AlarmRule[] {
  const rds = {
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: identifier },
    period: 300,
    evaluationPeriods: 3,
    treatMissingData: "breaching",
  } as const;
  return [
    {
      ...rds,
      part: "database-cpu",
      description: "The database's CPU is above 80 % for 15 minutes. Look at Performance Insights for the statements.",
      metricName: "CPUUtilization",
      statistic: "Average",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 80,
    },
    {
      ...rds,
      part: "database-storage",
      description:
        "Less than a tenth of the database's storage is free. It grows by itself up to maxStorageGb; raise that.",
      metricName: "FreeStorageSpace",
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: Math.floor((storageGb * GIB) / 10),
    },
    {
      ...rds,
      part: "database-memory",
      description: "Less than 256 MiB of the database's memory is free. Give a larger instance class.",
      metricName: "FreeableMemory",
      statistic: "Average",
      comparisonOperator: "LessThanThreshold",
      threshold: GIB / 4,
    },
    {
      ...rds,
      part: "database-connections",
      description: "More than 400 connections to the database for 15 minutes. Look for a client without a pool.",
      metricName: "DatabaseConnections",
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 400,
    },
  ];
}

/** A NAT gateway that has no port left refuses new connections of nodes. */
export function networkAlarms(natGatewayId: pulumi.Input<string>, index: number): readonly AlarmRule[] {
  return [
    {
      part: `nat-${index}-ports`,
      description: "A NAT gateway ran out of ports, so that connections fail. Look for pods that open too many.",
      namespace: "AWS/NATGateway",
      metricName: "ErrorPortAllocation",
      dimensions: { NatGatewayId: natGatewayId },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 300,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
    },
  ];
}

/** All that is wrong with the alarms' arguments. */
export function alarmProblems({ contacts = {}, monthlyBudget }: AwsAlarmsArgs): readonly ArgumentProblem[] {
  const { emails = [], webhooks = {} } = contacts;
  const email = emails.findIndex((address) => !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address));
  const open = Object.entries(webhooks).find(([, url]) => typeof url === "string" && !url.startsWith("https://"));
  return [
    ...problemIf(
      email >= 0,
      `contacts.emails[${email}]`,
      `is "${emails[email]}", which is no address; give one such as ml-on-call@example.com.`,
    ),
    ...problemIf(
      open !== undefined,
      `contacts.webhooks.${open?.[0]}`,
      "is no https:// URL; alarms are not sent in the clear. Give the URL of PagerDuty's or Slack's integration.",
    ),
    ...problemIf(
      monthlyBudget !== undefined && !(monthlyBudget > 0),
      "monthlyBudget",
      `is ${monthlyBudget}; give US dollars a month above 0, or leave it out.`,
    ),
  ];
}
