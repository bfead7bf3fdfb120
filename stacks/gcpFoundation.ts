import { Provider } from "@pulumi/gcp/provider";
import * as pulumi from "@pulumi/pulumi";
import { GcpFoundation } from "../components/gcp";
import { secretWebhooks } from "./cloudAlerts";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { given } from "./given";

/** Google Cloud as the configuration describes it, under a provider of its own. */
export function gcpFoundation(config: Config, environment: CloudEnvironment): GcpFoundation | undefined {
  if (!config.gcp) return undefined;
  const { stack, deletionProtection } = config;
  const gcp = given(config.gcp);
  const { project, region, network, database, billingAccount, monthlyBudget, budgetCurrency } = gcp;
  const { administrators: [administrator] = [], ...cluster } = gcp.cluster;
  const provider = new Provider("gcp", { project, region });
  const endpoints = Object.entries(gcp.healthChecks).map(([name, url]) => [name, watched(url)] as const);
  const budget =
    billingAccount === undefined || monthlyBudget === undefined
      ? undefined
      : { billingAccount, monthly: monthlyBudget, ...given({ currency: budgetCurrency }) };
  return new GcpFoundation(
    "gcp",
    {
      stack,
      environment,
      project,
      region,
      network,
      cluster: { ...cluster, ...given({ administrator }) },
      database,
      ...given({ cache: gcp.cache, objects: gcp.objects }),
      deletionProtection,
      alarms: { contacts: contacts(config), endpoints: Object.fromEntries(endpoints), ...given({ budget }) },
    },
    { providers: [provider] },
  );
}

function contacts({ alerts, pagerDutyKey, gcp }: Config) {
  const { slack } = gcp ?? {};
  return {
    emails: alerts.emails,
    webhooks: secretWebhooks(alerts, "gcp"),
    ...(pagerDutyKey ? { pagerDutyKey: pulumi.secret(pagerDutyKey) } : {}),
    ...(slack ? { slack: { ...slack, token: pulumi.secret(slack.token) } } : {}),
  };
}

/** Host and path of a URL that is watched. */
function watched(url: string): { host: string; path: string } {
  const { host, pathname, search } = new URL(url);
  return { host, path: `${pathname}${search}` };
}
