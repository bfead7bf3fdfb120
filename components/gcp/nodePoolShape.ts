import { createHash } from "node:crypto";
import { type ArgumentProblem, problemIf } from "../arguments";
import type { NodePoolShape, Taint } from "../contract";
import { type GcpGpu, gpuProblems } from "./accelerators";
import type { GcpPlace } from "./place";

/** A node pool of GKE. Fields that only a new pool can change make one beside the old, which then goes. */
export interface GcpNodePoolArgs {
  /** Machine type, exactly one: GKE gives every node of a pool the same. */
  readonly machineTypes: readonly string[];
  /** Least nodes of the whole pool, over all zones. */
  readonly min: number;
  /** Most nodes of the whole pool, over all zones; at least 1. */
  readonly max: number;
  /** How nodes are bought; a reservation is named. @default "onDemand" in prod, "spot" elsewhere */
  readonly capacity?: "onDemand" | "spot" | { readonly reservation: string } | undefined;
  /** Boot disk, GiB, 20 to 65536. @default 100 */
  readonly diskGb?: number | undefined;
  /** Boot disk's kind. @default pd-ssd, hyperdisk-balanced on machine series that take nothing else */
  readonly diskType?: "pd-ssd" | "pd-balanced" | "pd-standard" | "hyperdisk-balanced" | undefined;
  /** Accelerators of each node. @default none */
  readonly gpu?: GcpGpu | undefined;
  /** Kubernetes labels besides those that the pool has anyway. @default none */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Taints besides that of a GPU pool. @default none */
  readonly taints?: readonly Taint[] | undefined;
  /** Zones, where not all of the cluster's have the machine type. @default the cluster's */
  readonly zones?: readonly string[] | undefined;
  /** Nodes made before old ones go, in an upgrade. @default 1 */
  readonly maxSurge?: number | undefined;
  /** Nodes that may be missing in an upgrade. @default 0 */
  readonly maxUnavailable?: number | undefined;
  /** Pods a node, 8 to 256. @default 64 */
  readonly podsPerNode?: number | undefined;
}

/** Pods a node, unless a pool says otherwise: a /25 of the pod range each. */
export const PODS_PER_NODE = 64;

/** The taint that GKE's own GPU DaemonSets tolerate, and that every GPU pool has. */
export const GPU_TAINT: Taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

/** Machine series that boot from Hyperdisk alone. Source: Compute Engine, "Hyperdisk machine type support". */
const HYPERDISK_ONLY = ["c4", "c4a", "c4d", "n4", "n4a", "n4d", "a4", "a4x", "g4", "h4d", "x4", "m4"];

/** What pods must know of the pool. */
export function nodePoolShape(pool: string, args: GcpNodePoolArgs): NodePoolShape {
  const { gpu, labels = {}, taints = [] } = args;
  return {
    labels: { "tideline.dev/pool": pool, ...(gpu ? { workload: "ml" } : {}), ...labels },
    taints: gpu ? [GPU_TAINT, ...taints] : taints,
    gpusPerNode: gpu ? (gpu.count ?? 1) : 0,
  };
}

/** How nodes of the pool are bought, with the environment's default filled in. */
export function capacityOf(args: GcpNodePoolArgs, environment: GcpPlace["environment"]) {
  return args.capacity ?? (environment === "prod" ? "onDemand" : "spot");
}

/** The pool's boot disk kind. */
export function diskTypeOf({ diskType, machineTypes: [machineType = ""] }: GcpNodePoolArgs): string {
  if (diskType) return diskType;
  return HYPERDISK_ONLY.includes(machineType.split("-")[0] ?? "") ? "hyperdisk-balanced" : "pd-ssd";
}

/**
 * Six characters that change when, and only when, GKE must replace the pool. They are part of the pool's name, so that the
 * new pool can stand beside the old one while its pods move.
 */
export function poolFingerprint(args: GcpNodePoolArgs, environment: GcpPlace["environment"]): string {
  const { gpu, podsPerNode = PODS_PER_NODE } = args;
  const immutable = { capacity: capacityOf(args, environment), gpu: gpu ?? null, podsPerNode };
  return createHash("sha256").update(JSON.stringify(immutable)).digest("hex").slice(0, 6);
}

/** All that is wrong with one pool; paths start with `path`. */
export function nodePoolProblems(path: string, args: GcpNodePoolArgs, zones: readonly string[]) {
  const { machineTypes, min, max, diskGb = 100, gpu, podsPerNode = PODS_PER_NODE, maxSurge = 1 } = args;
  const { maxUnavailable = 0, capacity } = args;
  const [machineType = ""] = machineTypes;
  const stray = (args.zones ?? []).find((zone) => !zones.includes(zone));
  const reservation = typeof capacity === "object" ? capacity.reservation : undefined;
  return [
    ...problemIf(
      machineTypes.length !== 1,
      `${path}.machineTypes`,
      `is [${machineTypes.join(", ")}]; a GKE pool has exactly one machine type. Make a pool for each.`,
    ),
    ...problemIf(
      machineType !== "" && !/^[a-z]\d+[a-z]*-[a-z0-9-]+$/.test(machineType),
      `${path}.machineTypes`,
      `has "${machineType}", which is no machine type of Google Cloud; give one such as n2-standard-8.`,
    ),
    ...problemIf(min > max, `${path}.min`, `is ${min}, above max ${max}; allowed are 0 to ${max}.`),
    ...problemIf(max < 1, `${path}.max`, `is ${max}; allowed is 1 or more. Remove the pool to have none.`),
    ...problemIf(diskGb < 20 || diskGb > 65_536, `${path}.diskGb`, `is ${diskGb}; allowed are 20 to 65536 GiB.`),
    ...problemIf(
      podsPerNode < 8 || podsPerNode > 256,
      `${path}.podsPerNode`,
      `is ${podsPerNode}; allowed are 8 to 256.`,
    ),
    ...problemIf(
      maxSurge + maxUnavailable < 1,
      `${path}.maxSurge`,
      "and maxUnavailable are both 0, so no node could ever be upgraded; set one of them to 1 or more.",
    ),
    ...problemIf(
      stray !== undefined,
      `${path}.zones`,
      `has "${stray}", which the cluster does not span; allowed are ${zones.join(", ")}.`,
    ),
    ...problemIf(
      reservation !== undefined && !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(reservation),
      `${path}.capacity.reservation`,
      `is "${reservation}", which is no reservation's name; give the name, without project or zone.`,
    ),
    ...(gpu && machineTypes.length === 1 ? gpuProblems(machineType, gpu) : []).map((problem) => ({
      ...problem,
      path: `${path}.gpu.${problem.path}`,
    })),
    ...missingGpu(path, machineType, gpu),
  ] satisfies readonly ArgumentProblem[];
}

/** Accelerator machines bill their GPUs whether or not pods can ask for them. */
function missingGpu(path: string, machineType: string, gpu: GcpGpu | undefined): readonly ArgumentProblem[] {
  return problemIf(
    gpu === undefined && /^(a2|a3|a4|g2|g4)-/.test(machineType),
    `${path}.gpu`,
    `is missing, but ${machineType} comes with accelerators; name them, or choose a machine type without.`,
  );
}
