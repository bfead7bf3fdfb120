import { chiSquareGoodnessOfFit } from "./chiSquare";
import { type Counts, requireComparableCounts, totalOf } from "./counts";
import { normedWassersteinDistance } from "./distributionDistance";
import { jensenShannonDistance } from "./jensenShannon";
import { kolmogorovSmirnov } from "./kolmogorovSmirnov";
import { proportionsZTest } from "./proportionsZTest";
import { requireSortedSample, type SortedSample } from "./samples";
import { StatisticsError } from "./statisticsError";
import { forEachTieGroup } from "./tieGroups";

/** The tests Evidently's default preset chooses among. */
export type EvidentlyTest = "kolmogorov_smirnov" | "chi_square" | "z_test" | "wasserstein_normed" | "jensen_shannon";

/** One column's verdict as Evidently 0.7 gives it. */
export interface EvidentlyVerdict {
  readonly test: EvidentlyTest;
  /** A p-value for the first three tests, a distance for the last two. */
  readonly value: number;
  /** 0.05 for p-values, which drift below it; 0.1 for distances, which drift from it on. */
  readonly threshold: number;
  readonly drifted: boolean;
}

/** Share of drifted columns from which Evidently calls the whole table drifted. */
export const EVIDENTLY_DRIFT_SHARE = 0.5;

/** References up to this size get p-values, larger ones distances. */
const LARGE_REFERENCE_ROWS = 1000;
/** Numbers with no more distinct values than this are treated as categories. */
const FEW_DISTINCT_VALUES = 5;

/**
 * The test for a column, by the rows of the reference alone and the distinct values of both samples together
 * (evidently/legacy/calculations/stattests/registry.py; missing values are dropped before counting).
 */
export function chooseEvidentlyTest(
  kind: "numeric" | "categorical",
  referenceRows: number,
  distinctValues: number,
): EvidentlyTest {
  const continuous = kind === "numeric" && distinctValues > FEW_DISTINCT_VALUES;
  if (referenceRows > LARGE_REFERENCE_ROWS) return continuous ? "wasserstein_normed" : "jensen_shannon";
  if (continuous) return "kolmogorov_smirnov";
  return distinctValues > 2 ? "chi_square" : "z_test";
}

/** Verdict on a numeric column; a stored reference may pass its known standard deviation (over n). */
export function evidentlyNumericVerdict(
  reference: SortedSample,
  current: SortedSample,
  referenceDeviation?: number,
): EvidentlyVerdict {
  requireSortedSample(reference, "the reference sample", 1);
  requireSortedSample(current, "the current sample", 1);
  const few = countFewDistinct(reference, current);
  if (few) return evidentlyCountsVerdict("numeric", few.reference, few.current);
  const test = chooseEvidentlyTest("numeric", reference.length, Infinity);
  if (test === "kolmogorov_smirnov") {
    const { pValue } = kolmogorovSmirnov(reference, current);
    return { test, value: pValue, threshold: 0.05, drifted: pValue <= 0.05 };
  }
  return distanceVerdict("wasserstein_normed", normedWassersteinDistance(reference, current, referenceDeviation));
}

/** Verdict on a categorical column from both samples' counts of the same categories. */
export function evidentlyCategoricalVerdict(reference: Counts, current: Counts): EvidentlyVerdict {
  return evidentlyCountsVerdict("categorical", reference, current);
}

/** Share of drifted columns, and whether it makes the table drifted; throws StatisticsError without columns. */
export function evidentlyTableVerdict(
  columns: readonly Pick<EvidentlyVerdict, "drifted">[],
  driftShare = EVIDENTLY_DRIFT_SHARE,
): { driftedColumns: number; share: number; drifted: boolean } {
  if (columns.length === 0) throw new StatisticsError("no columns given: at least 1 is needed");
  const driftedColumns = columns.filter(({ drifted }) => drifted).length;
  const share = driftedColumns / columns.length;
  return { driftedColumns, share, drifted: share >= driftShare };
}

function evidentlyCountsVerdict(kind: "numeric" | "categorical", reference: Counts, current: Counts): EvidentlyVerdict {
  requireComparableCounts(reference, current);
  const present = presentOnly(reference, current);
  const test = chooseEvidentlyTest(kind, totalOf(reference), present.reference.length);
  if (test === "jensen_shannon") {
    // Evidently leaves scipy's base at its default, e.
    return distanceVerdict(test, jensenShannonDistance(present.reference, present.current, Math.E));
  }
  const { pValue } =
    test === "chi_square"
      ? chiSquareGoodnessOfFit(present.reference, present.current)
      : proportionsZTest(
          present.reference[0] ?? 0,
          totalOf(present.reference),
          present.current[0] ?? 0,
          totalOf(present.current),
        );
  return { test, value: pValue, threshold: 0.05, drifted: pValue < 0.05 };
}

function distanceVerdict(test: "wasserstein_normed" | "jensen_shannon", value: number): EvidentlyVerdict {
  return { test, value, threshold: 0.1, drifted: value >= 0.1 };
}

function presentOnly(reference: Counts, current: Counts): { reference: number[]; current: number[] } {
  const present = { reference: [] as number[], current: [] as number[] };
  for (let i = 0; i < reference.length; i++) {
    const [r, c] = [reference[i] as number, current[i] as number];
    if (r + c === 0) continue;
    present.reference.push(r);
    present.current.push(c);
  }
  return present;
}

/** Counts by value when both samples together have few distinct ones; stops reading as soon as they have more. */
function countFewDistinct(
  reference: SortedSample,
  current: SortedSample,
): { reference: number[]; current: number[] } | undefined {
  if (hasManyDistinct(reference) || hasManyDistinct(current)) return undefined;
  const counts = { reference: [] as number[], current: [] as number[] };
  forEachTieGroup(reference, current, (r, c) => {
    counts.reference.push(r);
    counts.current.push(c);
  });
  return counts.reference.length > FEW_DISTINCT_VALUES ? undefined : counts;
}

function hasManyDistinct(sample: SortedSample): boolean {
  let distinct = 1;
  for (let i = 1; i < sample.length && distinct <= FEW_DISTINCT_VALUES; i++) {
    if (sample[i] !== sample[i - 1]) distinct++;
  }
  return distinct > FEW_DISTINCT_VALUES;
}
