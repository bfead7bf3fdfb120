import { createHash } from "node:crypto";
import { type ArgumentProblem, problemIf } from "../arguments";
import type { NodePoolShape, Taint } from "../contract";
import { type AzureGpu, acceleratorsOf, gpuProblems } from "./accelerators";
import type { AzurePlace } from "./place";

/** A node pool of AKS. Fields that only a new pool can change make one beside the old, which then goes. */
export interface AzureNodePoolArgs {
  /** VM size, exactly one: AKS gives every node of a pool the same. */
  readonly machineTypes: readonly string[];
  /** Least nodes of the whole pool, over all zones. */
  readonly min: number;
  /** Most nodes of the whole pool, over all zones, 1 to 1000. */
  readonly max: number;
  /** How nodes are bought; a capacity reservation group is named by its id. @default "onDemand" in prod, "spot" elsewhere */
  readonly capacity?: "onDemand" | "spot" | { readonly reservationGroupId: string } | undefined;
  /** OS disk, GiB, 30 to 2048. @default 128 */
  readonly diskGb?: number | undefined;
  /** Accelerators of each node. @default none */
  readonly gpu?: AzureGpu | undefined;
  /** Kubernetes labels besides those that the pool has anyway. @default none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints besides those of GPU and spot pools. @default none */
  readonly taints?: readonly Taint[] | undefined;
  /** Zones, where not all of the cluster's have the size. @default the cluster's */
  readonly zones?: readonly string[] | undefined;
  /** Nodes made before old ones go, in an upgrade; a number, or a percentage such as 33%. @default "33%" */
  readonly maxSurge?: string | undefined;
  /** Pods a node, 10 to 250. @default 110 */
  readonly podsPerNode?: number | undefined;
}

/** Pods a node, unless a pool says otherwise. */
const PODS_PER_NODE = 110;

/** Every GPU pool has this taint; NVIDIA's device plugin tolerates it. */
export const GPU_TAINT: Taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

/** AKS itself sets this taint on every spot pool. */
export const SPOT_TAINT: Taint = { key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" };

/** Longest name of a Linux pool, and how much of it is the fingerprint. */
const [NAME_LENGTH, FINGERPRINT_LENGTH] = [12, 4];

/** Whether the environment makes the pool a spot pool. */
export function isSpot({ capacity }: AzureNodePoolArgs, environment: AzurePlace["environment"]): boolean {
  return (capacity ?? (environment === "prod" ? "onDemand" : "spot")) === "spot";
}

/** What pods must know of the pool. */
export function nodePoolShape(
  pool: string,
  args: AzureNodePoolArgs,
  environment: AzurePlace["environment"],
): NodePoolShape {
  const { gpu, labels = {}, taints = [], machineTypes } = args;
  return {
    labels: { "tideline.dev/pool": pool, ...(gpu ? { workload: "ml" } : {}), ...labels },
    taints: [...(gpu ? [GPU_TAINT] : []), ...(isSpot(args, environment) ? [SPOT_TAINT] : []), ...taints],
    gpusPerNode: gpu ? (gpu.count ?? acceleratorsOf(machineTypes[0] ?? "")?.count ?? 1) : 0,
  };
}

/**
 * The pool's name in AKS: at most 12 lower-case letters and digits, the last four of which change when, and only when, AKS
 * must replace the pool, so that the new one can stand beside the old one while its pods move.
 */
export function agentPoolName(
  pool: string,
  args: AzureNodePoolArgs,
  environment: AzurePlace["environment"],
  zones: readonly string[],
): string {
  const { machineTypes, diskGb = null, gpu = null, podsPerNode = PODS_PER_NODE, capacity } = args;
  const bought = typeof capacity === "object" ? capacity : isSpot(args, environment);
  const fixed = { pool, machineTypes, diskGb, gpu, podsPerNode, bought, zones: args.zones ?? zones };
  const hash = createHash("sha256").update(JSON.stringify(fixed)).digest("hex").slice(0, FINGERPRINT_LENGTH);
  return `${pool.replaceAll("-", "").slice(0, NAME_LENGTH - FINGERPRINT_LENGTH)}${hash}`;
}

/** All that is wrong with one pool; paths start with `path`. */
export function nodePoolProblems(
  path: string,
  args: AzureNodePoolArgs,
  zones: readonly string[],
): readonly ArgumentProblem[] {
  const { machineTypes, min, max, diskGb = 128, gpu, podsPerNode = PODS_PER_NODE, maxSurge = "33%", capacity } = args;
  const [vmSize = ""] = machineTypes;
  const stray = (args.zones ?? []).find((zone) => !zones.includes(zone));
  const label = Object.keys(args.labels ?? {}).find((key) => key.split("/")[0]?.endsWith("kubernetes.azure.com"));
  const group = typeof capacity === "object" ? capacity.reservationGroupId : undefined;
  return [
    ...problemIf(
      machineTypes.length !== 1,
      `${path}.machineTypes`,
      `is [${machineTypes.join(", ")}]; an AKS pool has exactly one VM size. Make a pool for each.`,
    ),
    ...problemIf(
      vmSize !== "" && !/^Standard_[A-Z][A-Za-z0-9_-]*$/.test(vmSize),
      `${path}.machineTypes`,
      `has "${vmSize}", which is no VM size of Azure; give one such as Standard_D8s_v5.`,
    ),
    ...problemIf(min > max, `${path}.min`, `is ${min}, above max ${max}; allowed are 0 to ${max}.`),
    ...problemIf(
      max < 1 || max > 1000,
      `${path}.max`,
      `is ${max}; allowed are 1 to 1000. Remove the pool to have none.`,
    ),
    ...problemIf(diskGb < 30 || diskGb > 2048, `${path}.diskGb`, `is ${diskGb}; allowed are 30 to 2048 GiB.`),
    ...problemIf(
      podsPerNode < 10 || podsPerNode > 250,
      `${path}.podsPerNode`,
      `is ${podsPerNode}; allowed are 10 to 250.`,
    ),
    ...problemIf(
      !/^([1-9]\d*|([1-9]\d?|100)%)$/.test(maxSurge),
      `${path}.maxSurge`,
      `is "${maxSurge}"; give a number from 1, or a percentage such as 33%.`,
    ),
    ...problemIf(
      stray !== undefined,
      `${path}.zones`,
      `has "${stray}", which the cluster does not span; allowed are ${zones.join(", ") || "none"}.`,
    ),
    ...problemIf(
      label !== undefined,
      `${path}.labels`,
      `has "${label}"; AKS keeps kubernetes.azure.com for itself. Choose another prefix.`,
    ),
    ...problemIf(
      group !== undefined && !/\/capacityReservationGroups\/[^/]+$/i.test(group),
      `${path}.capacity.reservationGroupId`,
      `is "${group}"; give the id of a capacity reservation group, /subscriptions/.../capacityReservationGroups/NAME.`,
    ),
    ...(gpu && machineTypes.length === 1 ? gpuProblems(vmSize, gpu) : []).map((problem) => ({
      ...problem,
      path: `${path}.gpu.${problem.path}`,
    })),
    ...problemIf(
      gpu === undefined && acceleratorsOf(vmSize) !== undefined,
      `${path}.gpu`,
      `is missing, but ${vmSize} comes with ${acceleratorsOf(vmSize)?.type}; name it, or choose a size without.`,
    ),
  ];
}

/** The pool's pods a node. */
export function podsPerNodeOf({ podsPerNode = PODS_PER_NODE }: AzureNodePoolArgs): number {
  return podsPerNode;
}
