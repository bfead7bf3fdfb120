import { setImmediate as nextTurn } from "node:timers/promises";
import type { DataSummary } from "../dataSummary";
import type { ColumnReport, EnsembleReport } from "../reportSchema";
import { sampleTables } from "../sampleTable";
import { countsInBins } from "../sharedCounts";
import { areaUnderCurve } from "../statistics/areaUnderCurve";
import { classifierTwoSample } from "../statistics/classifierTwoSample";
import { totalOf } from "../statistics/counts";
import { covarianceTest } from "../statistics/covarianceTest";
import { chiSquareSurvival } from "../statistics/distributions";
import { growIsolationForest, isolationScores } from "../statistics/isolationForest";
import { mmdPermutationTest } from "../statistics/maximumMeanDiscrepancy";
import type { Table } from "../statistics/table";

/** Weight of each member's vote. */
export const ENSEMBLE_WEIGHTS = {
  kolmogorov_smirnov: 0.2,
  psi: 0.25,
  mmd: 0.2,
  isolation_forest: 0.15,
  covariance: 0.1,
  classifier: 0.1,
} as const;
export type EnsembleMember = keyof typeof ENSEMBLE_WEIGHTS;

/** The weight that must be exceeded for drift. */
export const ENSEMBLE_THRESHOLD = 0.5;

const LEVEL = 0.05;
/** A smaller index is stable by custom, however sure. */
const LEAST_PSI = 0.1;
/** Rows of each side that the multivariate members look at: their cost grows with the square. */
const SAMPLE_ROWS = 300;
/** The classifier and the forest need as many rows to learn from. */
const LEAST_ROWS = 20;
/** Columns whose covariances are compared: pairs grow with the square. */
const COVARIANCE_COLUMNS = 40;

interface Opinion {
  readonly p_value: number;
  readonly statistic: number;
}

/**
 * Lets six detectors vote on the features; each votes drift at p < 0.05. The univariate ones speak for all columns by
 * Bonferroni. Members that have no row samples to look at abstain, and the threshold stays: fewer voices cannot find
 * drift more easily.
 */
export async function voteOfEnsemble(
  reference: DataSummary,
  current: DataSummary,
  features: ReadonlyMap<string, ColumnReport>,
): Promise<EnsembleReport> {
  const opinions = new Map<EnsembleMember, Opinion>();
  opinions.set("kolmogorov_smirnov", smallestCorrected(features));
  opinions.set("psi", psiOpinion(reference, current, [...features.keys()]));
  const tables =
    reference.profile &&
    current.profile &&
    sampleTables(reference.profile, current.profile, [...features.keys()], SAMPLE_ROWS);
  if (tables && Math.min(tables.reference.rows, tables.current.rows) >= LEAST_ROWS) {
    for (const [member, ask] of Object.entries(MULTIVARIATE) as [EnsembleMember, Ask][]) {
      opinions.set(member, ask(tables.reference, tables.current));
      // Each takes tens of milliseconds; other requests are answered in between.
      await nextTurn();
    }
  }
  return tally(opinions);
}

type Ask = (reference: Table, current: Table) => Opinion;

const MULTIVARIATE = {
  mmd: (reference, current) => {
    const { unbiased, pValue } = mmdPermutationTest(reference, current, { permutations: 99 });
    return { statistic: unbiased, p_value: pValue };
  },
  isolation_forest: isolationOpinion,
  covariance: (reference, current) => {
    const { statistic, pValue } = covarianceTest(narrow(reference), narrow(current));
    return { statistic, p_value: pValue };
  },
  classifier: (reference, current) => {
    const { area, pValue } = classifierTwoSample(reference, current, { trees: 30, depth: 6 });
    return { statistic: area, p_value: pValue };
  },
} as const satisfies Partial<Record<EnsembleMember, Ask>>;

/** Whether the window's rows are stranger than reference rows that the forest has not seen either. */
function isolationOpinion(reference: Table, current: Table): Opinion {
  const half = reference.rows >>> 1;
  // Every other row, so that a reference with an order is parted evenly.
  const seen = everyOther(reference, 0, reference.rows - half);
  const forest = growIsolationForest(seen, { trees: 60 });
  const unseen = isolationScores(forest, everyOther(reference, 1, half)).sort();
  const { area, pValue } = areaUnderCurve(unseen, isolationScores(forest, current).sort());
  return { statistic: area, p_value: pValue };
}

function everyOther({ values, columns }: Table, first: number, rows: number): Table {
  const picked = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = first + 2 * i;
    picked.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  }
  return { values: picked, rows, columns };
}

function narrow(table: Table): Table {
  if (table.columns <= COVARIANCE_COLUMNS) return table;
  const values = new Float64Array(table.rows * COVARIANCE_COLUMNS);
  for (let i = 0; i < table.rows; i++) {
    values.set(
      table.values.subarray(i * table.columns, i * table.columns + COVARIANCE_COLUMNS),
      i * COVARIANCE_COLUMNS,
    );
  }
  return { values, rows: table.rows, columns: COVARIANCE_COLUMNS };
}

/** The columns' own p-values stand for Kolmogorov-Smirnov; a categorical column's is its chi-square or Fisher test. */
function smallestCorrected(features: ReadonlyMap<string, ColumnReport>): Opinion {
  const tested = [...features.values()].filter((report) => report.p_value !== undefined);
  const smallest = Math.min(1, ...tested.map(({ p_value = 1 }) => p_value));
  return { p_value: Math.min(1, smallest * Math.max(1, tested.length)), statistic: smallest };
}

/**
 * The largest index of a column. Times nm / (n + m) it is chi-square distributed without drift, bins - 1 degrees of
 * freedom (Yurdakul, "Statistical properties of population stability index", 2018), so small windows are not accused.
 */
function psiOpinion(reference: DataSummary, current: DataSummary, names: readonly string[]): Opinion {
  let smallest = 1;
  let largest = 0;
  for (const name of names) {
    const before = reference.columns.get(name);
    const now = current.columns.get(name);
    if (!before || !now) continue;
    const counts = countsInBins(before, now);
    const [n, m] = [totalOf(counts.reference), totalOf(counts.current)];
    const { index, occupied } = pooledIndex(counts.reference, counts.current, n, m);
    largest = Math.max(largest, index);
    if (index < LEAST_PSI || occupied < 2) continue;
    smallest = Math.min(smallest, chiSquareSurvival((index * n * m) / (n + m), occupied - 1));
  }
  return { statistic: largest, p_value: Math.min(1, smallest * names.length) };
}

/** The index with half an occurrence added to each bin, so that an empty one does not decide alone. */
function pooledIndex(reference: readonly number[], current: readonly number[], n: number, m: number) {
  let index = 0;
  let occupied = 0;
  const bins = reference.filter((count, i) => count + (current[i] as number) > 0).length;
  for (const [i, count] of reference.entries()) {
    if (count + (current[i] as number) === 0) continue;
    occupied++;
    const p = (count + 0.5) / (n + 0.5 * bins);
    const q = ((current[i] as number) + 0.5) / (m + 0.5 * bins);
    index += (p - q) * Math.log(p / q);
  }
  return { index, occupied };
}

function tally(opinions: ReadonlyMap<EnsembleMember, Opinion>): EnsembleReport {
  const members: EnsembleReport["members"] = {};
  let vote = 0;
  for (const [member, weight] of Object.entries(ENSEMBLE_WEIGHTS) as [EnsembleMember, number][]) {
    const opinion = opinions.get(member);
    const drifted = opinion !== undefined && opinion.p_value < LEVEL;
    if (drifted) vote += weight;
    members[member] = opinion ? { weight, drifted, ...opinion } : { weight, drifted: false, abstained: true };
  }
  // Weights are hundredths: what adding them in binary leaves over must not decide a vote at the threshold.
  return { vote: Math.round(vote * 100) / 100, threshold: ENSEMBLE_THRESHOLD, members };
}
