import type * as inputs from "@pulumi/kubernetes/types/input";
import { type ArgumentProblem, problemIf } from "../arguments";
import type { Labels } from "./labels";
import type { ClusterTarget } from "./target";

/** GPUs of a workload's pods. */
export interface PodGpus {
  /** Node pool whose GPUs they are. */
  readonly pool: string;
  /** GPUs, or shares of one where the pool shares them, of each pod. */
  readonly count: number;
  /** Container runtime's class. @default the node's own, which the clouds' images with drivers set up for GPUs */
  readonly runtimeClass?: string;
}

/** Resource that NVIDIA's device plugin offers. */
export const GPU_RESOURCE = "nvidia.com/gpu";

/** Label that node pools are known by, on all clouds. */
export const POOL_LABEL = "tideline.dev/pool";

/** Taints that the clouds set on nodes that they may take back. */
const SPOT_TAINTS = ["kubernetes.azure.com/scalesetpriority", "cloud.google.com/gke-spot"];

/** Where pods go: on nodes with the GPUs they ask for, and outside prod also on nodes that may be taken back. */
export function placement(target: ClusterTarget, gpu?: PodGpus): Partial<inputs.core.v1.PodSpec> {
  const pool = gpu && target.nodePools[gpu.pool];
  const spot = target.environment === "prod" ? [] : SPOT_TAINTS;
  const spotTaints = Object.values(target.nodePools)
    .flatMap(({ taints }) => taints)
    .filter(({ key }) => spot.includes(key));
  const taints = [...new Map([...(pool?.taints ?? []), ...spotTaints].map((taint) => [taint.key, taint])).values()];
  const tolerations = taints.map(({ key, value, effect }) => ({ key, operator: "Equal", value, effect }));
  return {
    ...(tolerations.length > 0 ? { tolerations } : {}),
    ...(pool ? { affinity: poolAffinity(pool.labels) } : {}),
    ...(gpu?.runtimeClass === undefined ? {} : { runtimeClassName: gpu.runtimeClass }),
  };
}

function poolAffinity(labels: Labels): inputs.core.v1.Affinity {
  const matchExpressions = [{ key: POOL_LABEL, operator: "In", values: [labels[POOL_LABEL] ?? ""] }];
  return {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
  };
}

/** Spreads a workload's pods over zones, strictly in prod, and over hosts where there are enough. */
export function topologySpread(
  { environment }: Pick<ClusterTarget, "environment">,
  labels: Labels,
): inputs.core.v1.TopologySpreadConstraint[] {
  const common = {
    maxSkew: 1,
    labelSelector: { matchLabels: { ...labels } },
    // A rollout's new pods are spread by themselves, not around the old ones that are about to go.
    matchLabelKeys: ["pod-template-hash"],
    nodeTaintsPolicy: "Honor",
  };
  return [
    {
      ...common,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: environment === "prod" ? "DoNotSchedule" : "ScheduleAnyway",
    },
    { ...common, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
  ];
}

/** What is wrong with the GPUs asked for; paths start with `gpu`. */
export function gpuProblems({ nodePools }: Pick<ClusterTarget, "nodePools">, gpu: PodGpus): readonly ArgumentProblem[] {
  const pool = nodePools[gpu.pool];
  const withGpus = Object.entries(nodePools).flatMap(([name, { gpusPerNode }]) => (gpusPerNode > 0 ? [name] : []));
  return [
    ...problemIf(
      !withGpus.includes(gpu.pool),
      "gpu.pool",
      `is "${gpu.pool}", which is no node pool with GPUs; ${withGpus.length > 0 ? `allowed are ${withGpus.join(", ")}` : "the cluster has none, so add one"}.`,
    ),
    ...problemIf(
      !Number.isInteger(gpu.count) || gpu.count < 1,
      "gpu.count",
      `is ${gpu.count}; give a whole number from 1.`,
    ),
    ...problemIf(
      withGpus.includes(gpu.pool) && gpu.count > (pool?.gpusPerNode ?? 0),
      "gpu.count",
      `is ${gpu.count}, but a node of the pool ${gpu.pool} has ${pool?.gpusPerNode}, so no pod could ever start; give ${pool?.gpusPerNode} at most, or another pool.`,
    ),
  ];
}
