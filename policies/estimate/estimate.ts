import { objects, read, texts } from "../frame/read";
import { ofType } from "../frame/relations";
import type { Properties, StackResource } from "../frame/rule";
import { FIXED_DOLLARS_PER_HOUR, HOURS_PER_MONTH, MACHINE_DOLLARS_PER_HOUR } from "./prices";

/** What a stack costs at least: pools at their smallest size, nothing for traffic, storage and requests. */
export interface Estimate {
  /** US dollars. */
  readonly dollarsPerMonth: number;
  /** Resources that run by the hour and have no price in the table. */
  readonly unpriced: readonly { readonly urn: string; readonly what: string }[];
}

/** Machines of one kind that a resource keeps running. */
interface Running {
  readonly machine: string;
  readonly count: number;
}

/** Adds up the prices of all machines that a stack keeps running. */
export function estimate(resources: readonly StackResource[]): Estimate {
  let dollarsPerHour = 0;
  const unpriced: { urn: string; what: string }[] = [];
  for (const [type, price] of Object.entries(FIXED_DOLLARS_PER_HOUR)) {
    dollarsPerHour += price * ofType(resources, type).length;
  }
  for (const resource of resources) {
    for (const { machine, count } of MACHINES[resource.type]?.(resource) ?? []) {
      const price = MACHINE_DOLLARS_PER_HOUR[machine];
      if (price === undefined) unpriced.push({ urn: resource.urn, what: machine });
      else dollarsPerHour += price * count;
    }
  }
  return { dollarsPerMonth: dollarsPerHour * HOURS_PER_MONTH, unpriced };
}

const MACHINES: Readonly<Record<string, (resource: StackResource) => readonly Running[]>> = {
  "aws:eks/nodeGroup:NodeGroup": awsNodes,
  "gcp:container/nodePool:NodePool": gcpNodes,
  "azure-native:containerservice:AgentPool": ({ props }) => [azureNodes(props)],
  "azure-native:containerservice:ManagedCluster": ({ props }) => objects(props, "agentPoolProfiles").map(azureNodes),
  "aws:rds/instance:Instance": ({ props }) => [
    { machine: String(read(props, "instanceClass")), count: read(props, "multiAz") === true ? 2 : 1 },
  ],
  "aws:elasticache/replicationGroup:ReplicationGroup": ({ props }) => [
    { machine: String(read(props, "nodeType")), count: Number(read(props, "numCacheClusters") ?? 1) },
  ],
  "gcp:sql/databaseInstance:DatabaseInstance": ({ props }) => [
    {
      machine: String(read(props, "settings.tier")),
      count: read(props, "settings.availabilityType") === "REGIONAL" ? 2 : 1,
    },
  ],
  "gcp:redis/instance:Instance": ({ props }) => [
    { machine: `${read(props, "tier")} Redis of ${read(props, "memorySizeGb")} GB`, count: 1 },
  ],
  "azure-native:dbforpostgresql:Server": ({ props }) => [
    {
      machine: String(read(props, "sku.name")),
      count: String(read(props, "highAvailability.mode") ?? "Disabled") === "Disabled" ? 1 : 2,
    },
  ],
  "azure-native:redisenterprise:RedisEnterprise": ({ props }) => [
    { machine: `Redis ${read(props, "sku.name")}`, count: 1 },
  ],
};

/** The dearest of a group's types, which may stand in its launch template; one without a price counts as the dearest. */
function awsNodes({ props, propertyDependencies }: StackResource): Running[] {
  const templates = (propertyDependencies.launchTemplate ?? []).flatMap((template) =>
    texts(template.props, "instanceType"),
  );
  const types = [...texts(props, "instanceTypes"), ...templates];
  const count = Number(read(props, "scalingConfig.minSize") ?? 0);
  const priceOf = (type: string) => MACHINE_DOLLARS_PER_HOUR[type] ?? Number.POSITIVE_INFINITY;
  const [dearest] = types.sort((a, b) => priceOf(b) - priceOf(a));
  return dearest === undefined || count === 0 ? [] : [{ machine: dearest, count }];
}

function gcpNodes({ props }: StackResource): Running[] {
  const least = read(props, "autoscaling.totalMinNodeCount") ?? read(props, "autoscaling.minNodeCount");
  const count = Number(least ?? read(props, "nodeCount") ?? 0);
  if (count === 0) return [];
  const accelerators = objects(props, "nodeConfig.guestAccelerators").map((accelerator) => ({
    machine: String(read(accelerator, "type")),
    count: count * Number(read(accelerator, "count") ?? 1),
  }));
  return [{ machine: String(read(props, "nodeConfig.machineType")), count }, ...accelerators];
}

function azureNodes(pool: Properties): Running {
  const least = read(pool, "enableAutoScaling") === true ? read(pool, "minCount") : read(pool, "count");
  return { machine: String(read(pool, "vmSize")), count: Number(least ?? 0) };
}
