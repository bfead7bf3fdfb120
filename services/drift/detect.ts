import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError } from "../runtime/errors";
import { COLUMN_TESTS, type ColumnTest, type ColumnTestName, defaultTest } from "./columnTests";
import type { ColumnReport, DriftReport, UntestedColumn } from "./reportSchema";
import { countsInBins } from "./sharedCounts";
import { populationStabilityIndex } from "./statistics/populationStabilityIndex";
import { StatisticsError } from "./statistics/statisticsError";
import type { ColumnSummary } from "./summary";

/** Which test a column gets; what is left out is the preset's. */
export interface TestChoice {
  readonly test?: ColumnTestName | undefined;
  /** A p-value in (0, 1) or a distance above 0, as the test has it. */
  readonly threshold?: number | undefined;
}

export interface DetectOptions {
  readonly referenceId: string;
  /** Share of the tested columns from which the whole is said to have drifted, in (0, 1]. */
  readonly driftShare: number;
  /** Fewer values present than this, in either sample, and a column is not tested. */
  readonly minimumRows: number;
  readonly tests: Readonly<Record<string, TestChoice>>;
}

/** Categories named in a report; more are counted only. */
const NAMED_CATEGORIES = 20;

/**
 * Compares a window with a reference, column by column. Both must have the same columns of the same kinds.
 * @throws {ServiceError} 422 `not_enough_data` when not one column has enough values in both: that is no verdict.
 */
export async function detectDrift(
  reference: ReadonlyMap<string, ColumnSummary>,
  current: ReadonlyMap<string, ColumnSummary>,
  options: DetectOptions,
): Promise<DriftReport> {
  const tested = new Map<string, ColumnReport>();
  const untested = new Map<string, UntestedColumn>();
  let rows = { reference: 0, current: 0 };
  for (const [name, before] of reference) {
    const now = current.get(name);
    if (!now) continue;
    rows = { reference: before.rows, current: now.rows };
    if (Math.min(before.count, now.count) < options.minimumRows) untested.set(name, notEnough(before, now, options));
    else tested.set(name, testColumn(before, now, options.tests[name] ?? {}));
    // Other requests, and the probes, are answered in between.
    await nextTurn();
  }
  if (tested.size === 0) throw nothingTested(options, rows, untested);
  const affected = [...tested].filter(([, column]) => column.drifted).sort(([, a], [, b]) => bySeverity(a, b));
  const score = affected.length / tested.size;
  return {
    reference_id: options.referenceId,
    drift_detected: score >= options.driftShare,
    drift_score: score,
    drift_share_threshold: options.driftShare,
    drift_type: "covariate",
    features_affected: affected.map(([name]) => name),
    columns: Object.fromEntries(tested),
    not_tested: Object.fromEntries(untested),
    reference_rows: rows.reference,
    current_rows: rows.current,
  };
}

/** Most severe first; equally severe ones by how far the distribution moved. */
function bySeverity(a: ColumnReport, b: ColumnReport): number {
  return b.severity - a.severity || b.psi - a.psi;
}

function testColumn(reference: ColumnSummary, current: ColumnSummary, choice: TestChoice): ColumnReport {
  const name = choice.test ?? defaultTest(reference, current);
  const test: ColumnTest = COLUMN_TESTS[name];
  const threshold = choice.threshold ?? test.defaultThreshold;
  checkThreshold(reference.name, name, test, threshold);
  const outcome = runTest(reference, current, name, test);
  const value = test.measure === "p_value" ? (outcome.pValue ?? Number.NaN) : outcome.statistic;
  const bins = countsInBins(reference, current);
  return {
    kind: reference.kind,
    test: name,
    statistic: finite(outcome.statistic),
    ...(outcome.pValue === undefined ? {} : { p_value: outcome.pValue }),
    threshold,
    drifted: test.measure === "p_value" ? value < threshold : value >= threshold,
    severity: severity(test, value, threshold),
    psi: populationStabilityIndex(bins.reference, bins.current),
    reference_rows: reference.count,
    current_rows: current.count,
    reference_missing: reference.missing,
    current_missing: current.missing,
    ...categoryChanges(reference, current),
    ...(outcome.note ? { note: outcome.note } : {}),
  };
}

function runTest(reference: ColumnSummary, current: ColumnSummary, name: ColumnTestName, test: ColumnTest) {
  try {
    const outcome = test.run(reference, current);
    if (outcome) return outcome;
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    throw new ServiceError(
      400,
      "test_not_possible",
      `Column "${reference.name}": ${name} cannot be had: ${error.message}.`,
      {
        column: reference.name,
      },
    );
  }
  throw new ServiceError(
    400,
    "test_does_not_fit",
    `Column "${reference.name}" is ${reference.kind} and does not suit ${name}, which is for ${test.suits}.`,
    { column: reference.name },
  );
}

function checkThreshold(
  column: string,
  name: ColumnTestName,
  { measure }: ColumnTest,
  threshold: number | undefined,
): asserts threshold is number {
  if (threshold === undefined) {
    throw new ServiceError(
      400,
      "invalid_threshold",
      `Column "${column}": ${name} is in the data's unit and has no default threshold; give one.`,
      {
        column,
      },
    );
  }
  if (measure === "p_value" && threshold >= 1) {
    throw new ServiceError(
      400,
      "invalid_threshold",
      `Column "${column}": ${name} gives a p-value, and its threshold is ${threshold}; between 0 and 1 is allowed.`,
      {
        column,
      },
    );
  }
}

/** 1 at the threshold and growing with the evidence: ratio of logarithms for p-values, ratio for distances. */
function severity({ measure }: ColumnTest, value: number, threshold: number): number {
  if (measure === "distance") return finite(value / threshold);
  return Math.log(Math.max(value, Number.MIN_VALUE)) / Math.log(threshold) + 0;
}

/** JSON has no infinity: the largest double stands for it. */
function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

function categoryChanges(reference: ColumnSummary, current: ColumnSummary) {
  if (reference.kind !== "categorical" || current.kind !== "categorical") return {};
  const added = [...current.counts.keys()].filter((category) => !reference.counts.has(category));
  const lost = [...reference.counts.keys()].filter((category) => !current.counts.has(category));
  return {
    ...(added.length > 0 ? { new_categories: added.slice(0, NAMED_CATEGORIES) } : {}),
    ...(lost.length > 0 ? { lost_categories: lost.slice(0, NAMED_CATEGORIES) } : {}),
  };
}

function notEnough(reference: ColumnSummary, current: ColumnSummary, { minimumRows }: DetectOptions): UntestedColumn {
  return {
    reason: "not_enough_data",
    message: `${reference.count} values present in the reference and ${current.count} in the window; at least ${minimumRows} are needed in both.`,
    reference_rows: reference.count,
    current_rows: current.count,
    reference_missing: reference.missing,
    current_missing: current.missing,
  };
}

function nothingTested(
  { minimumRows }: DetectOptions,
  rows: { reference: number; current: number },
  untested: ReadonlyMap<string, UntestedColumn>,
): ServiceError {
  return new ServiceError(
    422,
    "not_enough_data",
    `No column has at least ${minimumRows} values present in both the reference (${rows.reference} rows) and the window (${rows.current} rows), so nothing can be said about drift. Send a larger window.`,
    { minimum_rows: minimumRows, not_tested: Object.fromEntries(untested) },
  );
}
