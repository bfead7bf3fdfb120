import { type AwsCompute, AwsFoundation, type AwsNodePoolSpec, awsProvider } from "../components/aws";
import type { AwsConfig } from "./awsConfig";
import { secretWebhooks } from "./cloudAlerts";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { type Given, given } from "./given";

type AwsSettings = Given<AwsConfig>;

/** AWS as the configuration describes it, under a provider that works in its account and region alone. */
export function awsFoundation(config: Config, environment: CloudEnvironment): AwsFoundation | undefined {
  if (!config.aws) return undefined;
  const { stack, alerts, deletionProtection } = config;
  const { accountId, region, monthlyBudget, recoveryRegion, ...aws } = given(config.aws);
  const { nodePools, systemPool, karpenter, autoMode, ...cluster } = aws.cluster;
  const { machineType, ...database } = aws.database;
  const role = given({ assumeRoleArn: aws.assumeRoleArn });
  const tags = { Project: "tideline", Stack: stack, Environment: environment, ManagedBy: "pulumi" };
  const provider = awsProvider("aws", { region, accountId, tags, ...role });
  const contacts = { emails: alerts.emails, webhooks: secretWebhooks(alerts, "aws") };
  return new AwsFoundation(
    "aws",
    {
      stack,
      environment,
      accountId,
      region,
      ...role,
      ...given({ deletionProtection, recovery: recoveryRegion === undefined ? undefined : { region: recoveryRegion } }),
      network: aws.network,
      cluster: { ...cluster, compute: compute(aws.cluster) },
      database: { ...database, instanceClass: machineType },
      ...given({ cache: aws.cache, objects: aws.objects }),
      alarms: { contacts, ...given({ monthlyBudget }) },
      healthChecks: aws.healthChecks,
    },
    { providers: [provider] },
  );
}

function compute({ nodePools = {}, systemPool, karpenter, autoMode }: AwsSettings["cluster"]): AwsCompute {
  if (autoMode) {
    const { pools, ...driver } = autoMode;
    return { auto: pools, ...driver };
  }
  const pools = Object.entries(nodePools).map(([name, pool]) => [name, poolSpec(pool)] as const);
  return {
    pools: Object.fromEntries(pools),
    ...(systemPool ? { systemPool: poolSpec(systemPool) } : {}),
    ...(karpenter ? { karpenter } : {}),
  };
}

type Pool = NonNullable<AwsSettings["cluster"]["nodePools"]>[string];

function poolSpec({ machineTypes, ...pool }: Pool): AwsNodePoolSpec {
  return { ...pool, instanceTypes: machineTypes };
}
