import { databaseTier, databaseTierProblem } from "../../../components/gcp/databaseTier";

describe("Cloud SQL tiers", () => {
  test.each([
    ["db-custom-4-16384", "ENTERPRISE", 7],
    ["db-perf-optimized-N-8", "ENTERPRISE_PLUS", 35],
    ["db-g1-small", "ENTERPRISE", 7],
  ])("%s is of edition %s with %i days of logs", (tier, edition, mostLogDays) => {
    expect(databaseTier(tier)).toMatchObject({ edition, mostLogDays });
  });

  test.each(["db-custom-1-3840", "db-custom-2-7680", "db-custom-96-638976", "db-perf-optimized-N-2"])(
    "%s is allowed in prod",
    (tier) => {
      expect(databaseTierProblem(tier, "prod")).toBeUndefined();
    },
  );

  test("shared-core tiers are for other environments", () => {
    expect(databaseTierProblem("db-f1-micro", "dev")).toBeUndefined();
    expect(databaseTierProblem("db-f1-micro", "prod")).toBe(
      'is "db-f1-micro", a shared-core tier outside Cloud SQL\'s service level agreement; in prod give one such as db-custom-4-16384.',
    );
  });

  test.each([
    [
      "db.r5.2xlarge",
      'is "db.r5.2xlarge", which is no Cloud SQL tier for Postgres; give db-custom-CPUS-MEGABYTES, db-perf-optimized-N-CPUS, db-g1-small or db-f1-micro.',
    ],
    ["db-custom-3-8192", 'is "db-custom-3-8192" with 3 vCPUs; allowed are 1 and even numbers to 96.'],
    ["db-custom-98-102400", 'is "db-custom-98-102400" with 98 vCPUs; allowed are 1 and even numbers to 96.'],
    ["db-custom-4-16000", 'is "db-custom-4-16000" with 16000 MiB; 4 vCPUs take 3840 to 26624 in steps of 256.'],
    ["db-custom-8-4096", 'is "db-custom-8-4096" with 4096 MiB; 8 vCPUs take 7424 to 53248 in steps of 256.'],
  ])("%s is refused", (tier, text) => {
    expect(databaseTierProblem(tier, "dev")).toBe(text);
  });
});
