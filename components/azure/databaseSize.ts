/** Compute of a flexible server. */
export interface DatabaseSku {
  readonly name: string;
  readonly tier: "Burstable" | "GeneralPurpose" | "MemoryOptimized";
}

const TIERS = { B: "Burstable", GP: "GeneralPurpose", MO: "MemoryOptimized" } as const;

/** Families of VM sizes that each tier has. Source: Azure Database for PostgreSQL, "Compute options". */
const FAMILY: Readonly<Record<keyof typeof TIERS, RegExp>> = {
  B: /^Standard_B\d+(ms|s)$/,
  GP: /^Standard_D\d+a?d?s_v\d$/,
  MO: /^Standard_E\d+a?d?i?s_v\d$/,
};

/** Storage sizes that can be asked for, GiB. Source: Azure Database for PostgreSQL, "Storage options", Premium SSD. */
const STORAGE_GB = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768];

/** The compute that TIER_SIZE such as GP_Standard_D4s_v3 means, or undefined when it means none. */
export function databaseSku(machineType: string): DatabaseSku | undefined {
  const [, tier = "", name = ""] = /^(B|GP|MO)_(.+)$/.exec(machineType) ?? [];
  const key = tier as keyof typeof TIERS;
  return FAMILY[key]?.test(name) ? { name, tier: TIERS[key] } : undefined;
}

/** Why the size is not allowed, for the reader of an error; undefined when it is. */
export function databaseSizeProblem(
  machineType: string,
  environment: "dev" | "staging" | "prod",
  highlyAvailable: boolean,
): string | undefined {
  const sku = databaseSku(machineType);
  if (!sku) {
    return `is "${machineType}", which is no size of a flexible server; give one such as GP_Standard_D4s_v3, MO_Standard_E4s_v3 or B_Standard_B1ms.`;
  }
  if (sku.tier !== "Burstable") return undefined;
  if (environment === "prod") {
    return `is "${machineType}", a burstable size that slows down when its credits are spent; in prod give one such as GP_Standard_D4s_v3.`;
  }
  if (highlyAvailable) {
    return `is "${machineType}", and burstable sizes have no standby; set highlyAvailable to false or give one such as GP_Standard_D2s_v3.`;
  }
  return undefined;
}

/** The least storage that Azure offers for so many GiB; undefined above the largest. */
export function storageSize(wantedGb: number): number | undefined {
  return STORAGE_GB.find((size) => size >= wantedGb);
}
