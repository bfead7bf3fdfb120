import { Provider } from "@pulumi/azure-native/provider";
import { AzureFoundation } from "../components/azure";
import { secretWebhooks } from "./cloudAlerts";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { given } from "./given";
import { networksLinkedToAzure } from "./links";

/** Azure as the configuration describes it, under a provider that works in its subscription alone. */
export function azureFoundation(config: Config, environment: CloudEnvironment): AzureFoundation | undefined {
  if (!config.azure) return undefined;
  const { stack, alerts, deletionProtection } = config;
  const azure = given(config.azure);
  const { subscriptionId, tenantId, region, network, database, monthlyBudget, budgetStartsOn, logRetentionDays } =
    azure;
  const { administrators, ...cluster } = azure.cluster;
  const provider = new Provider("azure", { subscriptionId, tenantId, location: region });
  const contacts = { emails: alerts.emails, webhooks: secretWebhooks(alerts, "azure") };
  const budget =
    monthlyBudget !== undefined && budgetStartsOn !== undefined
      ? { monthly: monthlyBudget, startsOn: budgetStartsOn }
      : undefined;
  return new AzureFoundation(
    "azure",
    {
      stack,
      environment,
      location: region,
      tenantId,
      deletionProtection,
      network: { ...network, linked: networksLinkedToAzure(config) },
      cluster: { ...cluster, ...given({ administratorGroupIds: administrators }) },
      database,
      ...given({ objects: azure.objects, cache: azure.cache, registry: azure.registry }),
      alarms: { contacts, ...given({ budget, logRetentionDays }) },
    },
    { providers: [provider] },
  );
}
