/** One kind of accelerator that GKE offers, as data. */
interface Accelerator {
  /** Machine types that take it; "n1-*" lets the caller choose how many of `counts`, the others bring a fixed number. */
  readonly machines: Readonly<Record<string, number>>;
  /** Numbers that can be attached to an n1 machine; unset where the machine type decides. */
  readonly counts?: readonly number[];
  /** MIG partition sizes; none where the chip cannot be partitioned. */
  readonly partitions?: readonly string[];
}

const N1 = { "n1-": 0 };

/** Sources: Compute Engine "GPU machine types", GKE "Running multi-instance GPUs". */
const ACCELERATORS: Readonly<Record<string, Accelerator>> = {
  "nvidia-tesla-t4": { machines: N1, counts: [1, 2, 4] },
  "nvidia-tesla-p4": { machines: N1, counts: [1, 2, 4] },
  "nvidia-tesla-p100": { machines: N1, counts: [1, 2, 4] },
  "nvidia-tesla-v100": { machines: N1, counts: [1, 2, 4, 8] },
  "nvidia-l4": {
    machines: {
      "g2-standard-4": 1,
      "g2-standard-8": 1,
      "g2-standard-12": 1,
      "g2-standard-16": 1,
      "g2-standard-24": 2,
      "g2-standard-32": 1,
      "g2-standard-48": 4,
      "g2-standard-96": 8,
    },
  },
  "nvidia-tesla-a100": {
    machines: { "a2-highgpu-1g": 1, "a2-highgpu-2g": 2, "a2-highgpu-4g": 4, "a2-highgpu-8g": 8, "a2-megagpu-16g": 16 },
    partitions: ["1g.5gb", "2g.10gb", "3g.20gb", "7g.40gb"],
  },
  "nvidia-a100-80gb": {
    machines: { "a2-ultragpu-1g": 1, "a2-ultragpu-2g": 2, "a2-ultragpu-4g": 4, "a2-ultragpu-8g": 8 },
    partitions: ["1g.10gb", "2g.20gb", "3g.40gb", "7g.80gb"],
  },
  "nvidia-h100-80gb": {
    machines: { "a3-highgpu-1g": 1, "a3-highgpu-2g": 2, "a3-highgpu-4g": 4, "a3-highgpu-8g": 8, "a3-edgegpu-8g": 8 },
    partitions: ["1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "7g.80gb"],
  },
  "nvidia-h100-mega-80gb": {
    machines: { "a3-megagpu-8g": 8 },
    partitions: ["1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "7g.80gb"],
  },
  "nvidia-h200-141gb": {
    machines: { "a3-ultragpu-8g": 8 },
    partitions: ["1g.18gb", "1g.35gb", "2g.35gb", "3g.71gb", "7g.141gb"],
  },
  "nvidia-b200": {
    machines: { "a4-highgpu-8g": 8 },
    partitions: ["1g.23gb", "1g.45gb", "2g.45gb", "3g.90gb", "7g.180gb"],
  },
};

/** How pods share one accelerator. */
export type GpuSharing =
  | { readonly kind: "timeShared" | "mps"; readonly clients: number }
  | { readonly kind: "mig"; readonly partition: string };

/** Accelerators of each node of a pool. */
export interface GcpGpu {
  /** Accelerator name, such as nvidia-l4. */
  readonly type: string;
  /** Accelerators a node. @default 1 */
  readonly count?: number | undefined;
  /** How pods share one. @default a pod takes whole accelerators */
  readonly sharing?: GpuSharing | undefined;
  /** Driver that GKE installs; "none" leaves it to a DaemonSet of the caller's. @default "default" */
  readonly driver?: "default" | "latest" | "none" | undefined;
}

/** A wrong part of a gpu argument: its path inside `gpu`, and why. */
export interface GpuProblem {
  readonly path: "type" | "count" | "sharing";
  readonly reason: string;
}

/** Why a machine type cannot carry these accelerators; empty when it can. */
export function gpuProblems(machineType: string, gpu: GcpGpu): readonly GpuProblem[] {
  const accelerator = ACCELERATORS[gpu.type];
  if (!accelerator) {
    return [{ path: "type", reason: `is "${gpu.type}"; allowed are ${Object.keys(ACCELERATORS).join(", ")}.` }];
  }
  const { machines, counts } = accelerator;
  const machine = Object.keys(machines).find((name) =>
    name.endsWith("-") ? machineType.startsWith(name) : machineType === name,
  );
  if (machine === undefined) {
    const allowed = counts ? "an n1 machine type such as n1-standard-8" : Object.keys(machines).join(", ");
    return [{ path: "type", reason: `is "${gpu.type}", which ${machineType} cannot carry; it needs ${allowed}.` }];
  }
  const { count = 1 } = gpu;
  const allowed = counts ?? [machines[machine] ?? 0];
  const wrongCount: GpuProblem[] = allowed.includes(count)
    ? []
    : [{ path: "count", reason: `is ${count}; ${machineType} with ${gpu.type} has ${allowed.join(", ")}.` }];
  return [...wrongCount, ...sharingProblems(gpu, accelerator)];
}

/** GKE shares one accelerator among 2 to 48 clients. */
function sharingProblems({ type, sharing }: GcpGpu, { partitions = [] }: Accelerator): readonly GpuProblem[] {
  if (!sharing) return [];
  if (sharing.kind !== "mig") {
    const { clients } = sharing;
    if (Number.isInteger(clients) && clients >= 2 && clients <= 48) return [];
    return [{ path: "sharing", reason: `has ${clients} clients for one accelerator; allowed are 2 to 48.` }];
  }
  if (partitions.includes(sharing.partition)) return [];
  const allowed = partitions.length > 0 ? `allowed are ${partitions.join(", ")}` : "it has no MIG; share it by time";
  return [{ path: "sharing", reason: `asks for the MIG partition ${sharing.partition} of ${type}; ${allowed}.` }];
}
