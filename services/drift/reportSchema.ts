import { z } from "zod";
import { COLUMN_TEST_NAMES } from "./columnTests";

const count = z.int().nonnegative();

const columnReport = z.object({
  kind: z.enum(["numeric", "categorical"]),
  test: z.enum(COLUMN_TEST_NAMES),
  statistic: z.number().describe("The test's statistic; 1.8e308 stands for infinite"),
  p_value: z.number().optional().describe("Only for tests that have one"),
  threshold: z.number().describe("Drift below it for p-values, from it on for distances"),
  drifted: z.boolean(),
  severity: z.number().describe("1 at the threshold, more beyond: log p / log threshold, or distance / threshold"),
  psi: z.number().describe("Population stability index, reported for every column whatever its test"),
  reference_rows: count.describe("Values present in the reference"),
  current_rows: count.describe("Values present in the window"),
  reference_missing: count.describe("Nulls in the reference"),
  current_missing: count.describe("Nulls in the window"),
  new_categories: z.array(z.string()).optional().describe("Categories that the reference lacks, at most 20"),
  lost_categories: z.array(z.string()).optional().describe("Categories that the window lacks, at most 20"),
  note: z.string().optional().describe("What to know before trusting the figures"),
});
/** The verdict on one column. */
export type ColumnReport = z.infer<typeof columnReport>;

const untestedColumn = z.object({
  reason: z.literal("not_enough_data"),
  message: z.string(),
  reference_rows: count,
  current_rows: count,
  reference_missing: count,
  current_missing: count,
});
/** Why there is no verdict on a column. */
export type UntestedColumn = z.infer<typeof untestedColumn>;

/** The answer of POST /detect-drift. */
export const driftReport = z.object({
  reference_id: z.string(),
  drift_detected: z.boolean().describe("drift_score is at least drift_share_threshold"),
  drift_score: z.number().min(0).max(1).describe("Share of the tested columns that drifted"),
  drift_share_threshold: z.number(),
  drift_type: z.literal("covariate"),
  features_affected: z.array(z.string()).describe("Drifted columns, worst first"),
  columns: z.record(z.string(), columnReport).describe("Tested columns"),
  not_tested: z.record(z.string(), untestedColumn).describe("Columns with too few values; they do not count"),
  reference_rows: count,
  current_rows: count,
});
export type DriftReport = z.infer<typeof driftReport>;
