import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import { NAME_LIMITS } from "../naming";
import { type AwsPlace, awsName, namedTags, standardTags } from "./place";

export interface AwsHealthCheckArgs {
  readonly place: AwsPlace;
  /** https:// URL on another cloud, such as the serving API's /health there. */
  readonly url: string;
  /** Topic that hears of failures; Route 53 reports in us-east-1 alone, so elsewhere there is no alarm. */
  readonly channel: pulumi.Input<string>;
}

/** Watches another cloud from Route 53's places around the world, so that DNS and people know when it is gone. */
export class AwsHealthCheck extends pulumi.ComponentResource {
  readonly healthCheckId: pulumi.Output<string>;

  constructor(name: string, args: AwsHealthCheckArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsHealthCheck", name, healthCheckProblems(args));
    super("tideline:aws:HealthCheck", name, {}, opts);
    const { place, url, channel } = args;
    const { hostname, port, pathname, search } = new URL(url);
    const check = new route53.HealthCheck(
      name,
      {
        type: "HTTPS",
        fqdn: hostname,
        port: port === "" ? 443 : Number(port),
        resourcePath: `${pathname}${search}`,
        enableSni: true,
        measureLatency: true,
        requestInterval: 30,
        failureThreshold: 3,
        tags: namedTags(place, name),
      },
      { parent: this },
    );
    if (place.region === REPORTS_IN) {
      new cloudwatch.MetricAlarm(
        name,
        {
          name: awsName(place, name, NAME_LIMITS.awsAlarm),
          alarmDescription: `${hostname} does not answer Route 53. Look at that cloud's own alarms.`,
          namespace: "AWS/Route53",
          metricName: "HealthCheckStatus",
          dimensions: { HealthCheckId: check.id },
          statistic: "Minimum",
          comparisonOperator: "LessThanThreshold",
          threshold: 1,
          period: 60,
          evaluationPeriods: 2,
          treatMissingData: "breaching",
          alarmActions: [channel],
          okActions: [channel],
          tags: standardTags(place, name),
        },
        { parent: this },
      );
    }
    this.healthCheckId = check.id;
    this.registerOutputs({ healthCheckId: this.healthCheckId });
  }
}

/** The region in which Route 53 publishes its metrics. */
const REPORTS_IN = "us-east-1";

/** All that is wrong with a health check's arguments. */
export function healthCheckProblems({ url }: AwsHealthCheckArgs): readonly ArgumentProblem[] {
  return problemIf(
    !/^https:\/\/[a-z0-9.-]+\.[a-z]{2,}(:\d+)?(\/|$)/i.test(url),
    "url",
    `is "${url}"; give an https:// URL with a host name that the internet knows, such as https://api.example.com/health.`,
  );
}
