import { ServiceError } from "../runtime/errors";
import { COLUMN_TEST_NAMES, COLUMN_TESTS, type ColumnTest, type ColumnTestName, type TestOutcome } from "./columnTests";
import { effectOf } from "./effectSize";
import type { Preset } from "./presets";
import type { ColumnReport, SingleTest } from "./reportSchema";
import { countsInBins } from "./sharedCounts";
import { populationStabilityIndex } from "./statistics/populationStabilityIndex";
import { StatisticsError } from "./statistics/statisticsError";
import type { ColumnSummary } from "./summary";

/** Which test a column gets; what is left out is the preset's. */
export interface TestChoice {
  /** "all" runs every test that suits and judges by the preset's. */
  readonly test?: ColumnTestName | "all" | undefined;
  /** A p-value in (0, 1) or a distance above 0, as the test has it. */
  readonly threshold?: number | undefined;
}

/** Categories named in a report; more are counted only. */
const NAMED_CATEGORIES = 20;

/** The verdict on one column before p-values are corrected over all columns. */
export function testColumn(
  reference: ColumnSummary,
  current: ColumnSummary,
  choice: TestChoice,
  preset: Preset,
): ColumnReport {
  const all = choice.test === "all";
  const name = choice.test === undefined || choice.test === "all" ? preset.testOf(reference, current) : choice.test;
  const test: ColumnTest = COLUMN_TESTS[name];
  const threshold = choice.threshold ?? test.defaultThreshold;
  checkThreshold(reference.name, name, test, threshold);
  const outcome = runTest(reference, current, name, test);
  const bins = countsInBins(reference, current);
  const effect = effectOf(reference, current);
  const judged = judge(name, outcome, threshold);
  const note = notesOf(outcome, judged, effect.size, Math.min(reference.count, current.count));
  return {
    kind: reference.kind,
    test: name,
    ...judged,
    psi: populationStabilityIndex(bins.reference, bins.current),
    effect,
    reference_rows: reference.count,
    current_rows: current.count,
    reference_missing: reference.missing,
    current_missing: current.missing,
    ...categoryChanges(reference, current),
    ...(all ? { tests: everyTest(reference, current) } : {}),
    ...(note ? { note } : {}),
  };
}

/** Whether a value says drift, and how clearly. Kolmogorov-Smirnov drifts at its threshold too, as Evidently has it. */
export function judge(name: ColumnTestName, outcome: TestOutcome, threshold: number) {
  const { measure } = COLUMN_TESTS[name];
  const value = measure === "p_value" ? (outcome.pValue ?? Number.NaN) : outcome.statistic;
  const below = name === "kolmogorov_smirnov" ? value <= threshold : value < threshold;
  return {
    statistic: finite(outcome.statistic),
    ...(outcome.pValue === undefined ? {} : { p_value: outcome.pValue }),
    threshold,
    drifted: measure === "p_value" ? below : value >= threshold,
    severity: severityOf(name, value, threshold),
  };
}

/** 1 at the threshold and growing with the evidence: ratio of logarithms for p-values, ratio for distances. */
export function severityOf(name: ColumnTestName, value: number, threshold: number): number {
  if (COLUMN_TESTS[name].measure === "distance") return finite(value / threshold);
  return Math.log(Math.max(value, Number.MIN_VALUE)) / Math.log(threshold) + 0;
}

/** Every test that suits a column and has a value on it. */
function everyTest(reference: ColumnSummary, current: ColumnSummary): Record<string, SingleTest> {
  const found: Record<string, SingleTest> = {};
  for (const name of COLUMN_TEST_NAMES) {
    const test: ColumnTest = COLUMN_TESTS[name];
    const outcome = attempt(reference, current, test);
    if (!outcome) continue;
    const { statistic, pValue, note } = outcome;
    found[name] = {
      statistic: finite(statistic),
      ...(pValue === undefined ? {} : { p_value: pValue }),
      ...(test.defaultThreshold === undefined
        ? {}
        : { threshold: test.defaultThreshold, drifted: judge(name, outcome, test.defaultThreshold).drifted }),
      ...(note ? { note } : {}),
    };
  }
  return found;
}

function attempt(reference: ColumnSummary, current: ColumnSummary, test: ColumnTest): TestOutcome | undefined {
  try {
    return test.run(reference, current);
  } catch (error) {
    if (error instanceof StatisticsError) return undefined;
    throw error;
  }
}

function notesOf(outcome: TestOutcome, judged: { drifted: boolean }, size: string, rows: number): string | undefined {
  const notes = outcome.note ? [outcome.note] : [];
  if (judged.drifted && outcome.pValue !== undefined && size === "negligible") {
    notes.push(`Significant at ${rows} values or more a side, but the shift itself is negligible.`);
  }
  return notes.length > 0 ? notes.join(" ") : undefined;
}

function runTest(
  reference: ColumnSummary,
  current: ColumnSummary,
  name: ColumnTestName,
  test: ColumnTest,
): TestOutcome {
  try {
    const outcome = test.run(reference, current);
    if (outcome) return outcome;
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    const message = `Column "${reference.name}": ${name} cannot be had: ${error.message}.`;
    throw new ServiceError(400, "test_not_possible", message, { column: reference.name });
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
    const message = `Column "${column}": ${name} is in the data's unit and has no default threshold; give one.`;
    throw new ServiceError(400, "invalid_threshold", message, { column });
  }
  if (measure === "p_value" && threshold >= 1) {
    const message = `Column "${column}": ${name} gives a p-value, and its threshold is ${threshold}; between 0 and 1 is allowed.`;
    throw new ServiceError(400, "invalid_threshold", message, { column });
  }
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
