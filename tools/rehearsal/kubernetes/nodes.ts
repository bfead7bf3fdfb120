import type { NodePoolShape } from "../../../components/contract";
import type { ApiObject } from "./apiClient";

/** Nodes that a simulated cluster begins with. */
export interface NodePlan {
  readonly region: string;
  /** Pool name to what pods see of its nodes. */
  readonly pools: Readonly<Record<string, NodePoolShape>>;
  /** Nodes of each pool, one zone after the other. @default 3 */
  readonly nodesPerPool?: number;
}

const ZONES = ["a", "b", "c"];

/** Room of a node: enough that a rehearsal is about what objects say and not about the size of machines. */
const CAPACITY = { cpu: "96", memory: "384Gi", pods: "250", "ephemeral-storage": "500Gi" };

/** The Node objects that kubelets of these pools would register, as far as scheduling sees them. */
export function nodeObjects({ region, pools, nodesPerPool = ZONES.length }: NodePlan): ApiObject[] {
  return Object.entries(pools).flatMap(([pool, shape]) =>
    Array.from({ length: nodesPerPool }, (_, index) => nodeObject(region, pool, shape, index)),
  );
}

function nodeObject(region: string, pool: string, { labels, taints, gpusPerNode }: NodePoolShape, index: number) {
  const name = `${pool}-${index}`;
  const gpus = gpusPerNode > 0 ? { "nvidia.com/gpu": String(gpusPerNode) } : {};
  const room = { ...CAPACITY, ...gpus };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": `${region}${ZONES[index % ZONES.length]}`,
        ...labels,
      },
    },
    ...(taints.length > 0 ? { spec: { taints } } : {}),
    status: { capacity: room, allocatable: room },
  } satisfies ApiObject;
}
