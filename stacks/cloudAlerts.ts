import * as pulumi from "@pulumi/pulumi";
import { type AlertsConfig, webhooksOf } from "./cloudConfig";

/** The addresses by name that one cloud's alarms are sent to; secret, for whoever knows one can send there. */
export function secretWebhooks(
  alerts: AlertsConfig,
  cloud: "aws" | "gcp" | "azure",
): Record<string, pulumi.Output<string>> {
  const own = Object.entries(webhooksOf(alerts, cloud));
  return Object.fromEntries(own.map(([name, url]) => [name, pulumi.secret(url)]));
}
