/** Cloud SQL's editions and what each allows. */
export interface DatabaseTier {
  readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";
  /** Most days of transaction logs for point-in-time recovery. */
  readonly mostLogDays: number;
  /** Shared-core tiers have no guarantee and no Query Insights plans, and cannot be a prod database. */
  readonly sharedCore: boolean;
}

/**
 * Edition and limits of a Cloud SQL tier, or undefined with a tier that Postgres does not have.
 * Source: Cloud SQL for PostgreSQL, "Instance settings" and "Introduction to editions".
 */
export function databaseTier(tier: string): DatabaseTier | undefined {
  if (/^db-(perf-optimized-N|c4a-highmem)-\d+$/.test(tier)) {
    return { edition: "ENTERPRISE_PLUS", mostLogDays: 35, sharedCore: false };
  }
  if (tier === "db-f1-micro" || tier === "db-g1-small") {
    return { edition: "ENTERPRISE", mostLogDays: 7, sharedCore: true };
  }
  return /^db-custom-\d+-\d+$/.test(tier) ? { edition: "ENTERPRISE", mostLogDays: 7, sharedCore: false } : undefined;
}

/** Why the tier is not allowed, for the reader of an error; undefined when it is. */
export function databaseTierProblem(tier: string, environment: "dev" | "staging" | "prod"): string | undefined {
  const found = databaseTier(tier);
  if (!found) {
    return `is "${tier}", which is no Cloud SQL tier for Postgres; give db-custom-CPUS-MEGABYTES, db-perf-optimized-N-CPUS, db-g1-small or db-f1-micro.`;
  }
  if (found.sharedCore && environment === "prod") {
    return `is "${tier}", a shared-core tier outside Cloud SQL's service level agreement; in prod give one such as db-custom-4-16384.`;
  }
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  return custom ? customProblem(tier, Number(custom[1]), Number(custom[2])) : undefined;
}

/** Custom tiers: 1 or an even number of up to 96 vCPUs; 0.9 to 6.5 GiB each, a multiple of 256 MiB, at least 3.75 GiB. */
function customProblem(tier: string, cpus: number, megabytes: number): string | undefined {
  if (cpus !== 1 && (cpus % 2 !== 0 || cpus < 2 || cpus > 96)) {
    return `is "${tier}" with ${cpus} vCPUs; allowed are 1 and even numbers to 96.`;
  }
  const least = Math.max(3840, Math.ceil((cpus * 0.9 * 1024) / 256) * 256);
  const most = cpus * 6.5 * 1024;
  if (megabytes % 256 !== 0 || megabytes < least || megabytes > most) {
    return `is "${tier}" with ${megabytes} MiB; ${cpus} vCPUs take ${least} to ${most} in steps of 256.`;
  }
  return undefined;
}
