/** NVIDIA accelerators of an EC2 instance type. */
export interface Accelerators {
  /** Name as the configuration and node labels write it, such as nvidia-a10g. */
  readonly type: string;
  readonly count: number;
  /** MIG profiles that the GPU can be cut into; empty where it has no MIG. Source: NVIDIA MIG User Guide. */
  readonly migProfiles: readonly string[];
}

const A100_40 = ["1g.5gb", "1g.10gb", "2g.10gb", "3g.20gb", "4g.20gb", "7g.40gb"];
const A100_80 = ["1g.10gb", "1g.20gb", "2g.20gb", "3g.40gb", "4g.40gb", "7g.80gb"];
const H200 = ["1g.18gb", "1g.35gb", "2g.35gb", "3g.71gb", "4g.71gb", "7g.141gb"];
const B200 = ["1g.23gb", "1g.45gb", "2g.45gb", "3g.90gb", "4g.90gb", "7g.180gb"];

/** How many GPUs the sizes of the graphics families have: one, but for the large ones. */
const GRAPHICS = { "12xlarge": 4, "24xlarge": 4, "48xlarge": 8 } as const;

/** Families with NVIDIA GPUs; sizes that are not named have one. Source: Amazon EC2 instance types, accelerated computing. */
const FAMILIES: Readonly<Record<string, { type: string; counts: Readonly<Record<string, number>>; mig?: string[] }>> = {
  p3: { type: "nvidia-v100", counts: { "8xlarge": 4, "16xlarge": 8 } },
  p4d: { type: "nvidia-a100", counts: { "24xlarge": 8 }, mig: A100_40 },
  p4de: { type: "nvidia-a100-80gb", counts: { "24xlarge": 8 }, mig: A100_80 },
  p5: { type: "nvidia-h100", counts: { "48xlarge": 8 }, mig: A100_80 },
  p5e: { type: "nvidia-h200", counts: { "48xlarge": 8 }, mig: H200 },
  p5en: { type: "nvidia-h200", counts: { "48xlarge": 8 }, mig: H200 },
  "p6-b200": { type: "nvidia-b200", counts: { "48xlarge": 8 }, mig: B200 },
  g4dn: { type: "nvidia-tesla-t4", counts: { "12xlarge": 4, metal: 8 } },
  g5: { type: "nvidia-a10g", counts: GRAPHICS },
  g5g: { type: "nvidia-t4g", counts: { "16xlarge": 2, metal: 2 } },
  g6: { type: "nvidia-l4", counts: GRAPHICS },
  gr6: { type: "nvidia-l4", counts: {} },
  g6e: { type: "nvidia-l40s", counts: GRAPHICS },
};

/** The accelerators of an instance type, or undefined without NVIDIA GPUs. */
export function acceleratorsOf(instanceType: string): Accelerators | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const found = FAMILIES[family];
  return found && { type: found.type, count: found.counts[size] ?? 1, migProfiles: found.mig ?? [] };
}

/** Whether the instance type has Graviton processors: a g behind the generation's number, as in m7g and c7gn. */
export function isArm(instanceType: string): boolean {
  return /^[a-z]+\d+[a-z]*g[a-z]*\./.test(instanceType);
}
