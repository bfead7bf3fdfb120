import { Provider } from "@pulumi/gcp/provider";
import * as pulumi from "@pulumi/pulumi";
import { GcpFoundation } from "../components/gcp";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { given } from "./given";

/** Google Cloud as the configuration describes it, under a provider of its own. */
export function gcpFoundation(config: Config, environment: CloudEnvironment): GcpFoundation | undefined {
  const { gcp, stack, alerts, pagerDutyKey, deletionProtection } = config;
  if (!gcp) return undefined;
  const { project, region, network, database, billingAccount, monthlyBudget } = gcp;
  const { administrators: [administrator] = [], ...clusterRest } = gcp.cluster;
  const cluster = { ...clusterRest, ...given({ administrator }) };
  const provider = new Provider("gcp", { project, region });
  const budget = billingAccount && monthlyBudget ? { budget: { billingAccount, monthly: monthlyBudget } } : {};
  const contacts = { ...alerts, ...(pagerDutyKey ? { pagerDutyKey: pulumi.secret(pagerDutyKey) } : {}) };
  return new GcpFoundation(
    "gcp",
    {
      stack,
      environment,
      project,
      region,
      network,
      cluster,
      database,
      deletionProtection,
      alarms: { contacts, ...budget },
    },
    { providers: [provider] },
  );
}
