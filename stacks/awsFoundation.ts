import { AwsFoundation, type AwsNodePoolSpec, awsProvider } from "../components/aws";
import type { AwsConfig } from "./cloudConfig";
import type { CloudEnvironment } from "./cloudPlatform";
import type { Config } from "./config";
import { given } from "./given";

/** AWS as the configuration describes it, under a provider that works in its account and region alone. */
export function awsFoundation(config: Config, environment: CloudEnvironment): AwsFoundation | undefined {
  const { aws, stack, alerts, deletionProtection } = config;
  if (!aws) return undefined;
  const { accountId, region, network, monthlyBudget, recoveryRegion, healthChecks } = aws;
  const { nodePools, administrators, ...cluster } = aws.cluster;
  const { machineType, ...database } = aws.database;
  const role = given({ assumeRoleArn: aws.assumeRoleArn });
  const tags = { Project: "tideline", Stack: stack, Environment: environment, ManagedBy: "pulumi" };
  const provider = awsProvider("aws", { region, accountId, tags, ...role });
  const pools = Object.entries(nodePools).map(([name, pool]) => [name, poolSpec(pool)] as const);
  return new AwsFoundation(
    "aws",
    {
      stack,
      environment,
      accountId,
      region,
      ...role,
      ...given({ deletionProtection, recovery: recoveryRegion === undefined ? undefined : { region: recoveryRegion } }),
      network,
      cluster: { ...cluster, ...given({ administrators }), compute: { pools: Object.fromEntries(pools) } },
      database: { ...given(database), instanceClass: machineType },
      alarms: { contacts: alerts, ...given({ monthlyBudget }) },
      healthChecks,
    },
    { providers: [provider] },
  );
}

function poolSpec({ machineTypes, ...pool }: AwsConfig["cluster"]["nodePools"][string]): AwsNodePoolSpec {
  return { ...given(pool), instanceTypes: machineTypes };
}
