import { acceleratorsOf as awsAccelerators } from "../../../components/aws/accelerators";
import { acceleratorsOf as azureAccelerators } from "../../../components/azure/accelerators";
import type { NodePoolShape, Taint } from "../../../components/contract";
import type { Live } from "../resourceType";
import type { WorldState } from "../world";
import type { NodePlan } from "./nodes";

type Fields = Readonly<Record<string, unknown>>;
type Shape = (pool: Fields, resources: readonly Live[]) => NodePoolShape;

/** How each simulated cloud keeps clusters and node pools. */
const CLOUDS: readonly {
  readonly cluster: string;
  readonly pool: string;
  /** Inputs that name a cluster, its pool, and in the pool the cluster. */
  readonly names: { readonly cluster: string; readonly pool: string; readonly of: string };
  readonly shape: Shape;
}[] = [
  {
    cluster: "aws:eks/cluster:Cluster",
    pool: "aws:eks/nodeGroup:NodeGroup",
    names: { cluster: "name", pool: "nodeGroupName", of: "clusterName" },
    shape: ({ labels, taints, instanceTypes, launchTemplate }, resources) => {
      // One instance type stands in the launch template, several in the group.
      const template = resources.find(({ id }) => id === fields(launchTemplate).id);
      const type = list(instanceTypes)[0] ?? template?.inputs.instanceType;
      return {
        labels: texts(labels),
        taints: taintsOf(taints),
        gpusPerNode: awsAccelerators(String(type))?.count ?? 0,
      };
    },
  },
  {
    cluster: "gcp:container/cluster:Cluster",
    pool: "gcp:container/nodePool:NodePool",
    names: { cluster: "name", pool: "name", of: "cluster" },
    shape: ({ nodeConfig }) => {
      const { labels, taints, guestAccelerators } = fields(nodeConfig);
      const gpus = list(guestAccelerators).map((accelerator) => Number(fields(accelerator).count));
      return { labels: texts(labels), taints: taintsOf(taints), gpusPerNode: gpus.reduce((sum, gpu) => sum + gpu, 0) };
    },
  },
  {
    cluster: "azure-native:containerservice:ManagedCluster",
    pool: "azure-native:containerservice:AgentPool",
    names: { cluster: "resourceName", pool: "agentPoolName", of: "resourceName" },
    shape: azureShape,
  },
];

/** What is known of a simulated cluster. */
export interface ClusterFacts {
  readonly name: string;
  /** Definitions that the cloud itself installs, as `readDefinitions` calls them. */
  readonly brings: readonly string[];
}

/** The simulated cluster whose API server is at `server`, if a cloud has it. */
export function clusterOf(worlds: Readonly<Record<string, WorldState>>, server: string): ClusterFacts | undefined {
  const found = findCluster(worlds, server);
  if (!found) return undefined;
  const { inputs } = found.live;
  // GKE serves the Gateway API of a channel.
  const gateway = fields(inputs.gatewayApiConfig).channel === "CHANNEL_STANDARD";
  return { name: String(inputs[found.cloud.names.cluster]), brings: gateway ? ["gateway-api"] : [] };
}

/**
 * The nodes of the simulated cluster whose API server is at `server`, as the node pools say that were made for it; no
 * pool has none, for what is rehearsed may need a node of a pool that scales from zero.
 */
export function nodePlanOf(worlds: Readonly<Record<string, WorldState>>, server: string): NodePlan {
  const found = findCluster(worlds, server);
  if (!found) return { region: "nowhere", pools: {} };
  const { cloud, live } = found;
  const resources = resourcesOf(worlds);
  const own = resources.filter(
    ({ token, inputs }) => token === cloud.pool && inputs[cloud.names.of] === live.inputs[cloud.names.cluster],
  );
  const pools = own.map(
    (pool) => [String(pool.inputs[cloud.names.pool]), cloud.shape(pool.inputs, resources)] as const,
  );
  return { region: live.region, pools: Object.fromEntries([...pools, ...systemPools(live)]) };
}

function findCluster(worlds: Readonly<Record<string, WorldState>>, server: string) {
  const host = server.replace(/^https?:\/\//, "").replace(/[:/].*$/, "");
  for (const cloud of CLOUDS) {
    const live = resourcesOf(worlds).find(
      ({ token, outputs }) => token === cloud.cluster && JSON.stringify(outputs).includes(host),
    );
    if (live) return { cloud, live };
  }
  return undefined;
}

function resourcesOf(worlds: Readonly<Record<string, WorldState>>) {
  return Object.values(worlds).flatMap(({ resources }) => resources);
}

/** AKS keeps the pool that its own pods run on inside the cluster. */
function systemPools({ inputs }: Live): (readonly [string, NodePoolShape])[] {
  return list(inputs.agentPoolProfiles)
    .map(fields)
    .map((pool) => [String(pool.name), azureShape(pool)] as const);
}

function azureShape({ nodeLabels, nodeTaints, vmSize }: Fields): NodePoolShape {
  return {
    labels: texts(nodeLabels),
    taints: list(nodeTaints).map((text) => {
      const [, key = "", value = "", effect] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(String(text)) ?? [];
      return { key, value, effect: effect as Taint["effect"] };
    }),
    gpusPerNode: azureAccelerators(String(vmSize))?.count ?? 0,
  };
}

/** AWS and Google Cloud write NO_SCHEDULE for NoSchedule. */
function taintsOf(taints: unknown): Taint[] {
  return list(taints)
    .map(fields)
    .map(({ key, value, effect }) => ({
      key: String(key),
      value: String(value ?? ""),
      effect: String(effect)
        .split("_")
        .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
        .join("") as Taint["effect"],
    }));
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fields(value)).map(([key, text]) => [key, String(text)]));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
