import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import { type AwsPlace, standardTags } from "./place";

export interface LogGroupArgs {
  readonly place: AwsPlace;
  /** Name in CloudWatch; services of AWS prescribe some, such as /aws/eks/CLUSTER/cluster. */
  readonly logGroupName: pulumi.Input<string>;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Days. @default by environment: 30 in dev, 90 in staging, 365 in prod */
  readonly retentionDays?: number;
}

/** Retentions that CloudWatch Logs knows, in days. Source: CloudWatch Logs API, PutRetentionPolicy. */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const RETENTION = { dev: 30, staging: 90, prod: 365 } as const;

/** An encrypted log group whose lines do not stay for ever. */
export function logGroup(
  name: string,
  component: string,
  { place, logGroupName, kmsKeyArn, retentionDays = RETENTION[place.environment] }: LogGroupArgs,
  opts: pulumi.CustomResourceOptions,
): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    name,
    { name: logGroupName, kmsKeyId: kmsKeyArn, retentionInDays: retentionDays, tags: standardTags(place, component) },
    opts,
  );
}

/** Why CloudWatch refuses a retention, or undefined. */
export function retentionProblem(days: number | undefined): string | undefined {
  if (days === undefined || LOG_RETENTION_DAYS.includes(days)) return undefined;
  return `is ${days}, which CloudWatch Logs does not know; give one of ${LOG_RETENTION_DAYS.join(", ")}.`;
}
