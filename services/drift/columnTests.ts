import { testByKolmogorovSmirnov, wassersteinBetween } from "./numericPair";
import { countsByCategory, countsInBins, distinctTogether, type SharedCounts } from "./sharedCounts";
import { andersonDarling } from "./statistics/andersonDarling";
import { chiSquareContingency, chiSquareGoodnessOfFit } from "./statistics/chiSquare";
import { hellingerDistance, kullbackLeiblerDivergence, totalVariationDistance } from "./statistics/countDistance";
import { type Counts, totalOf } from "./statistics/counts";
import { cramerVonMises } from "./statistics/cramerVonMises";
import { energyDistance, WASSERSTEIN_DEVIATION_FLOOR } from "./statistics/distributionDistance";
import { chooseEvidentlyTest } from "./statistics/evidentlyPreset";
import { fisherExact } from "./statistics/fisherExact";
import { jensenShannonDistance } from "./statistics/jensenShannon";
import { mannWhitney } from "./statistics/mannWhitney";
import { momentsOf } from "./statistics/moments";
import { populationStabilityIndex } from "./statistics/populationStabilityIndex";
import { proportionsZTest } from "./statistics/proportionsZTest";
import type { SortedSample } from "./statistics/samples";
import { welchTTest } from "./statistics/welchTTest";
import type { ColumnSummary, NumericSummary } from "./summary";

/** What a test found in one column. */
export interface TestOutcome {
  /** The test's own statistic; for a distance, the distance. May be infinite. */
  readonly statistic: number;
  readonly pValue?: number;
  /** What a reader should know before trusting it. */
  readonly note?: string;
}

/** A test of one column. One with p-values finds drift below its threshold, a distance from its threshold on. */
export interface ColumnTest {
  readonly measure: "p_value" | "distance";
  /** Undefined when no value suits all data, as with distances in the data's unit: the caller must give one. */
  readonly defaultThreshold?: number;
  /** Undefined when the test does not suit these columns. */
  readonly run: (reference: ColumnSummary, current: ColumnSummary) => TestOutcome | undefined;
  /** Which columns it suits, for messages. */
  readonly suits: string;
}

const P_VALUE = { measure: "p_value", defaultThreshold: 0.05 } as const;
const DISTANCE = { measure: "distance", defaultThreshold: 0.1 } as const;
const NUMBERS = "numeric columns";
const CATEGORIES = "categorical columns, and numeric ones of at most 50 distinct values";
const ANY = "numeric and categorical columns";

/** Every test by its name in the API. Texts and embeddings have no summary to run on: see richVerdict.ts. */
export const COLUMN_TESTS = {
  kolmogorov_smirnov: { ...P_VALUE, suits: NUMBERS, run: onNumbers(testByKolmogorovSmirnov) },
  cramer_von_mises: { ...P_VALUE, suits: NUMBERS, run: onSamples(cramerVonMises) },
  anderson_darling: { ...P_VALUE, suits: NUMBERS, run: onSamples((a, b) => andersonDarling([a, b])) },
  mann_whitney: { ...P_VALUE, suits: NUMBERS, run: onSamples(mannWhitney) },
  welch_t: { ...P_VALUE, suits: NUMBERS, run: onSamples((a, b) => welchTTest(momentsOf(a), momentsOf(b))) },
  chi_square: { ...P_VALUE, suits: CATEGORIES, run: onCategories(chiSquareContingency) },
  chi_square_goodness_of_fit: { ...P_VALUE, suits: CATEGORIES, run: onCategories(chiSquareGoodnessOfFit) },
  fisher_exact: { ...P_VALUE, suits: CATEGORIES, run: onCategories(fisher) },
  z_test: { ...P_VALUE, suits: "columns of at most two distinct values", run: zTest },
  psi: { ...DISTANCE, suits: ANY, run: inBins(populationStabilityIndex) },
  jensen_shannon: { ...DISTANCE, suits: ANY, run: inBins(jensenShannonDistance) },
  jensen_shannon_nats: { ...DISTANCE, suits: ANY, run: inBins((a, b) => jensenShannonDistance(a, b, Math.E)) },
  kullback_leibler: { ...DISTANCE, suits: ANY, run: inBins(kullbackLeiblerDivergence) },
  hellinger: { ...DISTANCE, suits: ANY, run: inBins(hellingerDistance) },
  total_variation: { ...DISTANCE, suits: ANY, run: inBins(totalVariationDistance) },
  wasserstein: { measure: "distance", suits: NUMBERS, run: onNumbers(distance(wassersteinBetween)) },
  wasserstein_normed: { ...DISTANCE, suits: NUMBERS, run: onNumbers(distance(normedWasserstein)) },
  domain_classifier: { ...P_VALUE, suits: "columns of kind text", run: () => undefined },
  mmd: { ...P_VALUE, suits: "columns of kind embedding", run: () => undefined },
  energy: { measure: "distance", suits: NUMBERS, run: onSamples(distance(energyDistance)) },
} as const satisfies Record<string, ColumnTest>;

export type ColumnTestName = keyof typeof COLUMN_TESTS;

/** Names of all tests, for schemas and messages. */
export const COLUMN_TEST_NAMES = Object.keys(COLUMN_TESTS) as ColumnTestName[];

/** The test that Evidently's default preset gives a column: by the reference's size and the distinct values of both. */
export function defaultTest(reference: ColumnSummary, current: ColumnSummary): ColumnTestName {
  const distinct = distinctTogether(reference, current);
  const chosen = chooseEvidentlyTest(reference.kind, reference.count, distinct);
  // Evidently's chi-square is the goodness of fit, its Jensen-Shannon distance in nats.
  if (chosen === "chi_square") return "chi_square_goodness_of_fit";
  return chosen === "jensen_shannon" ? "jensen_shannon_nats" : chosen;
}

function onSamples(test: (reference: SortedSample, current: SortedSample) => TestOutcome): ColumnTest["run"] {
  return onNumbers((reference, current) => test(reference.sorted, current.sorted));
}

function onNumbers(test: (reference: NumericSummary, current: NumericSummary) => TestOutcome): ColumnTest["run"] {
  return (reference, current) => {
    if (reference.kind !== "numeric" || current.kind !== "numeric") return undefined;
    const { statistic, pValue } = test(reference, current);
    const note = thinningNote(reference);
    return { statistic, ...(pValue === undefined ? {} : { pValue }), ...(note ? { note } : {}) };
  };
}

function distance<Sample>(measure: (reference: Sample, current: Sample) => number) {
  return (reference: Sample, current: Sample): TestOutcome => ({ statistic: measure(reference, current) });
}

/** The stored deviation is that of all values, a thinned reference's too. */
function normedWasserstein(reference: NumericSummary, current: NumericSummary): number {
  return wassersteinBetween(reference, current) / Math.max(reference.deviation, WASSERSTEIN_DEVIATION_FLOOR);
}

function onCategories(
  test: (reference: Counts, current: Counts) => { statistic: number; pValue: number; smallestExpected?: number },
): ColumnTest["run"] {
  return (reference, current) => {
    const counts = countsByCategory(reference, current);
    if (!counts) return undefined;
    const { statistic, pValue, smallestExpected = Number.POSITIVE_INFINITY } = test(counts.reference, counts.current);
    if (smallestExpected >= 5) return { statistic, pValue };
    const note = `The smallest expected count is ${round(smallestExpected)}; below 5 the p-value is rough.`;
    return { statistic, pValue, note };
  };
}

function inBins(measure: (reference: Counts, current: Counts) => number): ColumnTest["run"] {
  return (reference, current) => {
    const counts = countsInBins(reference, current);
    return { statistic: measure(counts.reference, counts.current) };
  };
}

/** Fisher's test has no statistic of its own but its p-value. */
function fisher(reference: Counts, current: Counts) {
  const pValue = fisherExact(reference, current);
  return { statistic: pValue, pValue };
}

function zTest(reference: ColumnSummary, current: ColumnSummary): TestOutcome | undefined {
  const counts: SharedCounts | undefined = countsByCategory(reference, current);
  if (!counts || counts.reference.length > 2) return undefined;
  const [before = 0] = counts.reference;
  const [now = 0] = counts.current;
  return proportionsZTest(before, totalOf(counts.reference), now, totalOf(counts.current));
}

function thinningNote({ count, sorted, rankError = 0 }: NumericSummary): string | undefined {
  if (sorted.length === count && rankError === 0) return undefined;
  return `The stored reference keeps ${sorted.length} of ${count} values; its distribution function is off by at most ${round(0.5 / sorted.length + rankError)}.`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
