import { type Counts, requireComparableCounts, totalOf } from "./counts";
import { chiSquareSurvival } from "./distributions";

/** A chi-square test. */
export interface ChiSquareResult {
  /** Sum of squared deviations over what was expected. */
  readonly statistic: number;
  /** Probability of one at least as large without drift; 1 when there is only one category. */
  readonly pValue: number;
  readonly degreesOfFreedom: number;
  /** Smallest expected count of a cell: below 5 the p-value is rough, prefer Fisher's exact test. */
  readonly smallestExpected: number;
}

/**
 * Pearson's test of homogeneity on the 2 x k table of two samples' category counts, both taken as random. Categories
 * that neither has are left out. `continuity` is Yates's correction, which applies to two categories only (off by
 * default; scipy's chi2_contingency has it on).
 */
export function chiSquareContingency(
  reference: Counts,
  current: Counts,
  { continuity = false }: { continuity?: boolean } = {},
): ChiSquareResult {
  requireComparableCounts(reference, current);
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  const total = referenceTotal + currentTotal;
  const categories = presentCategories(reference, current);
  const correction = continuity && categories === 2 ? 0.5 : 0;
  let statistic = 0;
  let smallestExpected = Infinity;
  for (let i = 0; i < reference.length; i++) {
    const r = reference[i] as number;
    const column = r + (current[i] as number);
    if (column === 0) continue;
    const expected = (column * referenceTotal) / total;
    const deviation = Math.abs(r - expected);
    const corrected = deviation - Math.min(deviation, correction);
    const expectedCurrent = (column * currentTotal) / total;
    statistic += corrected * corrected * (1 / expected + 1 / expectedCurrent);
    smallestExpected = Math.min(smallestExpected, expected, expectedCurrent);
  }
  return result(statistic, categories - 1, smallestExpected);
}

/**
 * Pearson's goodness of fit of the current counts to the reference's shares, the reference taken as known exactly:
 * what Evidently calls its chi-square. A category new in the current sample was expected never, so the statistic is
 * infinite and the p-value 0.
 */
export function chiSquareGoodnessOfFit(reference: Counts, current: Counts): ChiSquareResult {
  requireComparableCounts(reference, current);
  const scale = totalOf(current) / totalOf(reference);
  let statistic = 0;
  let smallestExpected = Infinity;
  for (let i = 0; i < reference.length; i++) {
    const expected = (reference[i] as number) * scale;
    const observed = current[i] as number;
    if (expected === 0 && observed === 0) continue;
    statistic += (observed - expected) ** 2 / expected;
    smallestExpected = Math.min(smallestExpected, expected);
  }
  return result(statistic, presentCategories(reference, current) - 1, smallestExpected);
}

function presentCategories(reference: Counts, current: Counts): number {
  let categories = 0;
  for (let i = 0; i < reference.length; i++) if ((reference[i] as number) + (current[i] as number) > 0) categories++;
  return categories;
}

function result(statistic: number, degreesOfFreedom: number, smallestExpected: number): ChiSquareResult {
  const pValue = degreesOfFreedom === 0 ? 1 : chiSquareSurvival(statistic, degreesOfFreedom);
  return { statistic, pValue, degreesOfFreedom, smallestExpected };
}
