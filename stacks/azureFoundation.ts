import { Provider } from "@pulumi/azure-native/provider";
import { AzureFoundation } from "../components/azure";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { given } from "./given";
import { networksLinkedToAzure } from "./links";

/** Azure as the configuration describes it, under a provider that works in its subscription alone. */
export function azureFoundation(config: Config, environment: CloudEnvironment): AzureFoundation | undefined {
  const { azure, stack, alerts, deletionProtection } = config;
  if (!azure) return undefined;
  const { subscriptionId, tenantId, region, network, cluster, database, monthlyBudget, budgetStartsOn } = azure;
  const { administrators, ...clusterRest } = cluster;
  const provider = new Provider("azure", { subscriptionId, tenantId, location: region });
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
      cluster: { ...clusterRest, ...given({ administratorGroupIds: administrators }) },
      database,
      alarms: { contacts: alerts, ...given({ budget }) },
    },
    { providers: [provider] },
  );
}
