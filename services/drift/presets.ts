import { type ColumnTestName, defaultTest } from "./columnTests";
import { countsByCategory } from "./sharedCounts";
import { totalOf } from "./statistics/counts";
import { EVIDENTLY_DRIFT_SHARE } from "./statistics/evidentlyPreset";
import type { ColumnSummary } from "./summary";

/** How p-values of several columns are corrected before they are compared with their thresholds. */
export type Correction = "none" | "bonferroni" | "benjamini_hochberg";

/** A way to decide: which test a column gets, and what makes the whole table drifted. */
export interface Preset {
  readonly correction: Correction;
  /** Share of drifted columns from which the table has drifted; "any" is one column, "vote" the ensemble's own rule. */
  readonly driftShare: number | "any" | "vote";
  readonly testOf: (reference: ColumnSummary, current: ColumnSummary) => ColumnTestName;
  /** For documents and answers: what it does and what its false-alarm rate is. */
  readonly summary: string;
}

/** Fisher's test counts tables one by one; beyond this many values its p-value and chi-square's agree anyway. */
const FISHER_VALUES = 2_000;

/** Every preset by its name in the API. */
export const PRESETS = {
  evidently: {
    correction: "none",
    driftShare: EVIDENTLY_DRIFT_SHARE,
    testOf: defaultTest,
    summary:
      "Evidently's default rule, exactly: tests by the size of the reference, no correction, drift from half of the columns on. Above 1,000 reference rows it compares distances with 0.1 whatever the window's size, so windows of a few hundred rows raise false alarms, of whole tables too.",
  },
  size_aware: {
    correction: "benjamini_hochberg",
    driftShare: "any",
    testOf: sizeAwareTest,
    summary:
      "P-values that account for both sample sizes (Kolmogorov-Smirnov, chi-square, Fisher for small tables), corrected over the columns: without drift at most 5% of comparisons find any, whatever the window's size.",
  },
  ensemble: {
    correction: "benjamini_hochberg",
    driftShare: "vote",
    testOf: sizeAwareTest,
    summary:
      "Six weighted detectors vote: Kolmogorov-Smirnov 0.2, PSI 0.25, MMD 0.2, isolation forest 0.15, covariance 0.1, classifier 0.1; drift above 0.5. Each errs at most 5% of the time without drift.",
  },
} as const satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;

/** Names of all presets, for schemas and messages. */
export const PRESET_NAMES = Object.keys(PRESETS) as PresetName[];

function sizeAwareTest(reference: ColumnSummary, current: ColumnSummary): ColumnTestName {
  const counts = countsByCategory(reference, current);
  if (!counts || (reference.kind === "numeric" && counts.reference.length > 5)) return "kolmogorov_smirnov";
  const total = totalOf(counts.reference) + totalOf(counts.current);
  return counts.reference.length === 2 && total <= FISHER_VALUES ? "fisher_exact" : "chi_square";
}
