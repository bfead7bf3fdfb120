/** NVIDIA accelerators of a VM size. */
interface Accelerators {
  /** Name as the configuration and node labels write it. */
  readonly type: string;
  readonly count: number;
}

const T4 = "nvidia-tesla-t4";
const V100 = "nvidia-tesla-v100";
const A10 = "nvidia-a10";
const A100 = "nvidia-tesla-a100";
const A100_80 = "nvidia-a100-80gb";
const H100 = "nvidia-h100-80gb";
const H100_NVL = "nvidia-h100-94gb";
const H200 = "nvidia-h200-141gb";

/** Sizes that AKS runs and what they carry. Source: Azure, "GPU accelerated VM sizes" (NC, ND, NV families). */
const SIZES: Readonly<Record<string, Accelerators>> = {
  Standard_NC4as_T4_v3: { type: T4, count: 1 },
  Standard_NC8as_T4_v3: { type: T4, count: 1 },
  Standard_NC16as_T4_v3: { type: T4, count: 1 },
  Standard_NC64as_T4_v3: { type: T4, count: 4 },
  Standard_ND40rs_v2: { type: V100, count: 8 },
  Standard_NV36ads_A10_v5: { type: A10, count: 1 },
  Standard_NV72ads_A10_v5: { type: A10, count: 2 },
  Standard_NC24ads_A100_v4: { type: A100_80, count: 1 },
  Standard_NC48ads_A100_v4: { type: A100_80, count: 2 },
  Standard_NC96ads_A100_v4: { type: A100_80, count: 4 },
  Standard_ND96asr_v4: { type: A100, count: 8 },
  Standard_ND96amsr_A100_v4: { type: A100_80, count: 8 },
  Standard_NC40ads_H100_v5: { type: H100_NVL, count: 1 },
  Standard_NC80adis_H100_v5: { type: H100_NVL, count: 2 },
  Standard_ND96isr_H100_v5: { type: H100, count: 8 },
  Standard_ND96isr_H200_v5: { type: H200, count: 8 },
};

/** Accelerators that AKS cuts into instances. Source: AKS, "Create a multi-instance GPU node pool". */
const PARTITIONED = [A100, A100_80, H100, H100_NVL, H200];

/** How AKS cuts each accelerator of a node; every part becomes one for pods to ask for. */
export type GpuPartition = "MIG1g" | "MIG2g" | "MIG3g" | "MIG4g" | "MIG7g";

/** Accelerators of each node of a pool. */
export interface AzureGpu {
  /** Accelerator name, such as nvidia-tesla-t4; checked against the VM size. */
  readonly type: string;
  /** Accelerators a node, which the VM size decides. @default the size's */
  readonly count?: number | undefined;
  /** @default whole accelerators */
  readonly partition?: GpuPartition | undefined;
  /** "none" leaves the driver to the GPU operator. @default "install" */
  readonly driver?: "install" | "none" | undefined;
}

/** A wrong part of a gpu argument: its path inside `gpu`, and why. */
export interface GpuProblem {
  readonly path: "type" | "count" | "partition";
  readonly reason: string;
}

/** The accelerators of a VM size; undefined where it has none that are known here. */
export function acceleratorsOf(vmSize: string): Accelerators | undefined {
  return SIZES[vmSize];
}

/** Why a VM size does not have these accelerators; empty when it does. */
export function gpuProblems(vmSize: string, { type, count, partition }: AzureGpu): readonly GpuProblem[] {
  const types = [...new Set(Object.values(SIZES).map((size) => size.type))];
  if (!types.includes(type)) return [{ path: "type", reason: `is "${type}"; allowed are ${types.join(", ")}.` }];
  const found = SIZES[vmSize];
  if (found?.type !== type) {
    const sizes = Object.keys(SIZES).filter((size) => SIZES[size]?.type === type);
    return [{ path: "type", reason: `is "${type}", which ${vmSize} does not carry; it needs ${sizes.join(", ")}.` }];
  }
  return [
    ...(count !== undefined && count !== found.count
      ? [{ path: "count" as const, reason: `is ${count}; ${vmSize} has ${found.count}.` }]
      : []),
    ...(partition !== undefined && !PARTITIONED.includes(type)
      ? [
          {
            path: "partition" as const,
            reason: `is ${partition}, but ${type} has no MIG; allowed with ${PARTITIONED.join(", ")}.`,
          },
        ]
      : []),
  ];
}
