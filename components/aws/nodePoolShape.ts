import { createHash } from "node:crypto";
import type { NodePoolShape, Taint } from "../contract";
import { acceleratorsOf, isArm } from "./accelerators";

/** How the pods of a pool get GPUs. */
export type GpuSharing =
  /** NVIDIA's device plugin, one pod a GPU. */
  | "whole"
  /** The device plugin offers each GPU several times, without isolation of memory. */
  | { readonly timeSliced: number }
  /** The device plugin offers parts of a profile that the GPU is cut into. */
  | { readonly mig: string }
  /** NVIDIA's driver for dynamic resource allocation; Kubernetes 1.34 on, pools of a fixed size. */
  | "dra";

export interface AwsNodePoolSpec {
  /** Instance types of one architecture, most wanted first. One alone can be changed without replacing the pool. */
  readonly instanceTypes: readonly string[];
  /** How nodes are bought; a capacity block names its reservation, cr-... @default "spot" in dev, else "onDemand" */
  readonly capacity?: "onDemand" | "spot" | { readonly reservedBlock: string };
  readonly min: number;
  readonly max: number;
  /** Nodes to begin with; the autoscaler's business afterwards. @default the greater of min and, without a GPU, 1 */
  readonly desired?: number;
  /** Root disk, GiB, 20 to 16384. @default 100; 200 with GPUs, whose images are large */
  readonly diskGb?: number;
  /** @default none; with a GPU nvidia.com/gpu=present:NoSchedule */
  readonly taints?: readonly Taint[];
  /** @default none besides the pool's own */
  readonly labels?: Readonly<Record<string, string>>;
  /** Numbers of the zones used, from 0. @default all */
  readonly zones?: readonly number[];
  readonly gpu?: {
    /** Accelerator, such as nvidia-a10g; checked against the instance types. */
    readonly type: string;
    /** Accelerators of one node. */
    readonly count: number;
    /** @default "whole" */
    readonly sharing?: GpuSharing;
  };
  /** @default AL2023 for the architecture, with NVIDIA's drivers where there is a GPU */
  readonly amiType?: string;
  /** Hops to the instance metadata: 2 lets pods reach it, and with it the node's role. @default 1 */
  readonly metadataHopLimit?: 1 | 2;
}

/** AMI types that EKS builds today; AL2 ended on 26 November 2025. Source: Amazon EKS API, Nodegroup amiType. */
export const AMI_TYPES: readonly string[] = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NVIDIA",
  "AL2023_ARM_64_NVIDIA",
  "BOTTLEROCKET_x86_64",
  "BOTTLEROCKET_ARM_64",
  "BOTTLEROCKET_x86_64_NVIDIA",
  "BOTTLEROCKET_ARM_64_NVIDIA",
];

/** What the pool's nodes look like to pods. */
export function poolShape(name: string, spec: AwsNodePoolSpec): NodePoolShape {
  const { gpu, labels, taints = gpu ? [GPU_TAINT] : [] } = spec;
  const sharing = gpu ? sharingLabels(gpu.sharing ?? "whole") : {};
  const accelerator = gpu ? { "nvidia.com/gpu.present": "true", "tideline.dev/accelerator": gpu.type } : {};
  return {
    labels: { "tideline.dev/pool": name, ...accelerator, ...sharing, ...labels },
    taints,
    gpusPerNode: gpu?.count ?? 0,
  };
}

/** The AMI type of the pool's nodes. */
export function amiType({ amiType, instanceTypes, gpu }: AwsNodePoolSpec): string {
  const architecture = isArm(instanceTypes[0] ?? "") ? "ARM_64" : "x86_64";
  return amiType ?? `AL2023_${architecture}_${gpu ? "NVIDIA" : "STANDARD"}`;
}

/** EKS's word for the way that nodes are bought. */
export function capacityType(spec: AwsNodePoolSpec, environment: string): "ON_DEMAND" | "SPOT" | "CAPACITY_BLOCK" {
  const { capacity = environment === "dev" && !spec.gpu ? "spot" : "onDemand" } = spec;
  if (typeof capacity === "object") return "CAPACITY_BLOCK";
  return capacity === "spot" ? "SPOT" : "ON_DEMAND";
}

/** Nodes to begin with. */
export function desiredSize({ desired, min, max, gpu }: AwsNodePoolSpec): number {
  return desired ?? Math.min(max, Math.max(min, gpu ? 0 : 1));
}

/**
 * Eight characters that change exactly when EKS cannot change the group in place. Being part of the group's name they
 * let the new group be made, and filled, before the old one goes.
 */
export function replacementKey(spec: AwsNodePoolSpec, environment: string): string {
  const { instanceTypes, zones } = spec;
  const types = instanceTypes.length > 1 ? instanceTypes : [];
  const parts = [types, amiType(spec), capacityType(spec, environment), zones ?? []];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 8);
}

/** Whether any of the types has a GPU. */
export function hasGpu(instanceTypes: readonly string[]): boolean {
  return instanceTypes.some((type) => acceleratorsOf(type) !== undefined);
}

const GPU_TAINT: Taint = { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" };

/** What NVIDIA's device plugin reads from the node to know which configuration is meant. */
function sharingLabels(sharing: GpuSharing): Record<string, string> {
  if (sharing === "whole") return { "nvidia.com/device-plugin.config": "whole" };
  if (sharing === "dra") return { "nvidia.com/dra-kubelet-plugin": "true" };
  if ("timeSliced" in sharing) return { "nvidia.com/device-plugin.config": `time-sliced-${sharing.timeSliced}` };
  return { "nvidia.com/device-plugin.config": "mig", "nvidia.com/mig.config": `all-${sharing.mig}` };
}
