import { z } from "zod";
import { COLUMN_TEST_NAMES } from "./columnTests";
import { PRESET_NAMES } from "./presets";

const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const singleTest = z.object({
  statistic: z.number(),
  p_value: z.number().optional(),
  threshold: z.number().optional().describe("The test's default; absent for distances in the data's unit"),
  drifted: z.boolean().optional(),
  note: z.string().optional(),
});
/** One of all tests of a column. */
export type SingleTest = z.infer<typeof singleTest>;

const columnReport = z.object({
  kind: z.enum(["numeric", "categorical", "text", "embedding"]),
  test: z.enum(COLUMN_TEST_NAMES),
  statistic: z.number().describe("The test's statistic; 1.8e308 stands for infinite"),
  p_value: z.number().optional().describe("Only for tests that have one"),
  p_value_corrected: z.number().optional().describe("Corrected over all columns; what was compared with the threshold"),
  threshold: z.number().describe("Drift below it for p-values, from it on for distances"),
  drifted: z.boolean(),
  severity: z.number().describe("1 at the threshold, more beyond: log p / log threshold, or distance / threshold"),
  psi: z.number().optional().describe("Population stability index, whatever the test; not of texts and embeddings"),
  effect: z
    .object({
      measure: z.enum(["kolmogorov_smirnov_distance", "total_variation", "classifier_auc", "mmd"]),
      value: share,
      size: z.enum(["negligible", "small", "medium", "large"]),
      mean_shift: z.number().optional().describe("In standard deviations of the reference"),
    })
    .describe("How far the column moved, whatever the number of rows"),
  autocorrelation: z
    .object({
      lag1: z.number(),
      p_value: z.number(),
      effective_rows: z.number().describe("Independent rows worth as much"),
    })
    .optional()
    .describe("Present when neighbouring rows of the window resemble each other: p-values are then too small"),
  reference_rows: count.describe("Values present in the reference"),
  current_rows: count.describe("Values present in the window"),
  reference_missing: count.describe("Nulls in the reference"),
  current_missing: count.describe("Nulls in the window"),
  new_categories: z.array(z.string()).optional().describe("Categories that the reference lacks, at most 20"),
  lost_categories: z.array(z.string()).optional().describe("Categories that the window lacks, at most 20"),
  tests: z.record(z.string(), singleTest).optional().describe("Every test that suits the column, when all were asked"),
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

const correctionReport = z.object({
  method: z.enum(["none", "bonferroni", "benjamini_hochberg"]),
  p_values: count.describe("How many columns were judged by a p-value"),
  note: z.string(),
});
/** How p-values were corrected for their number. */
export type CorrectionReport = z.infer<typeof correctionReport>;

const ensembleReport = z.object({
  vote: share.describe("Weight of the members that found drift"),
  threshold: z.number().describe("Drift above it"),
  members: z.record(
    z.string(),
    z.object({
      weight: z.number(),
      drifted: z.boolean(),
      statistic: z.number().optional(),
      p_value: z.number().optional(),
      abstained: z.literal(true).optional().describe("Too few sampled rows to look at"),
    }),
  ),
});
/** The votes of the ensemble preset. */
export type EnsembleReport = z.infer<typeof ensembleReport>;

const conceptReport = z.object({
  changed: z.boolean(),
  reference_error: share,
  current_error: share,
  p_value: z.number(),
  reference_rows: count,
  current_rows: count,
  message: z.string(),
});
/** Whether predictions err more or less often than in the reference. */
export type ConceptReport = z.infer<typeof conceptReport>;

const qualityProblem = z.object({
  check: z.enum([
    "missing_column",
    "unexpected_column",
    "wrong_type",
    "missing_values",
    "constant",
    "new_categories",
    "lost_categories",
    "out_of_range",
    "duplicate_rows",
    "correlation_changed",
    "late_rows",
    "future_rows",
  ]),
  level: z.enum(["warning", "failure"]),
  column: z.string().optional(),
  share: z.number().optional().describe("Share of the rows that it concerns"),
  message: z.string(),
});
/** One thing unsound about a window. */
export type QualityProblem = z.infer<typeof qualityProblem>;

const eventTimesReport = z.object({
  column: z.string(),
  maximum_age_seconds: z.number(),
  rows: count,
  missing: count,
  late: count,
  future: count,
  oldest: z.string().optional(),
  newest: z.string().optional(),
});
/** How old the rows of a window are. */
export type EventTimesReport = z.infer<typeof eventTimesReport>;

const qualityReport = z.object({
  passed: z.boolean().describe("No problem is a failure"),
  problems: z.array(qualityProblem).describe("Failures first"),
  duplicate_rows: count.optional().describe("Rows of the window equal to an earlier one"),
  event_times: eventTimesReport.optional(),
});
/** Soundness of a window beside its reference. */
export type QualityReport = z.infer<typeof qualityReport>;

const explanation = z.object({
  feature: z.string(),
  share_of_drift: share.describe("Part of this column in the stability index of all drifted columns"),
  values: z
    .array(
      z.object({
        value: z.string().optional(),
        from: z.number().optional().describe("Least value of the range; absent when it is open"),
        to: z.number().optional().describe("First value beyond the range; absent when it is open"),
        reference_share: share,
        current_share: share,
        contribution: z.number().describe("Part of the column's stability index"),
      }),
    )
    .describe("Values or ranges that moved most"),
  segments: z
    .array(
      z.object({ column: z.string(), value: z.string(), psi: z.number(), current_share: share, sampled_rows: count }),
    )
    .describe("Rows with one value of another column in which this one moved most, by the row samples"),
});
/** What moved a column most. */
export type Explanation = z.infer<typeof explanation>;

/** The answer of POST /detect-drift. */
export const driftReport = z.object({
  reference_id: z.string().nullable().describe("Null for a reference sent with the request"),
  preset: z.enum(PRESET_NAMES),
  drift_detected: z.boolean(),
  drift_score: share.describe("Share of the tested features that drifted; for the ensemble its vote"),
  drift_share: share.describe("Share of the tested features that drifted"),
  drift_share_threshold: z.number().describe("Drift from this share on; for the ensemble above this vote"),
  drift_type: z.enum(["covariate", "concept", "label", "quality", "none"]).describe("The first of drift_types"),
  drift_types: z.array(z.string()).describe("All that apply, the one to act on first"),
  severity: z.enum(["none", "low", "medium", "high"]).describe("By drift_share: above 0.1 medium, above 0.2 high"),
  features_affected: z.array(z.string()).describe("Drifted features, worst first"),
  recommendation: z.object({
    action: z.enum(["none", "watch", "fix_data", "investigate", "retrain"]),
    reason: z.string(),
  }),
  correction: correctionReport,
  columns: z.record(z.string(), columnReport).describe("Tested columns"),
  not_tested: z.record(z.string(), untestedColumn).describe("Columns with too few values; they do not count"),
  explanations: z.array(explanation).describe("Of the first ten drifted features"),
  quality: qualityReport,
  concept: conceptReport.optional(),
  ensemble: ensembleReport.optional(),
  notes: z.array(z.string()).describe("What to know before trusting the verdict"),
  reference_rows: count,
  current_rows: count,
});
export type DriftReport = z.infer<typeof driftReport>;
