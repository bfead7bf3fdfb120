import { kolmogorovLimitSurvival, kolmogorovSurvival } from "./kolmogorovDistribution";
import { lowerBound, requireSortedSample, type SortedSample, upperBound } from "./samples";

/**
 * How the p-value is had: `exact` counts lattice paths; `asymptotic` is the one-sample distribution at
 * round(nm / (n + m)), as scipy has it; `limit` is Kolmogorov's limit; `auto` is exact while both samples have at most
 * 10,000 values, then asymptotic.
 */
export type KolmogorovSmirnovMethod = "auto" | "exact" | "asymptotic" | "limit";

/** The two-sample, two-sided Kolmogorov-Smirnov test. */
export interface KolmogorovSmirnovResult {
  /** Largest distance of the two empirical distribution functions, 0 to 1. */
  readonly statistic: number;
  /** Probability of one at least as large when both samples come from one continuous distribution. */
  readonly pValue: number;
  /** How the p-value was had. */
  readonly method: Exclude<KolmogorovSmirnovMethod, "auto">;
}

/** `auto` is exact up to this many values in the larger sample. */
export const KOLMOGOROV_SMIRNOV_EXACT_LIMIT = 10_000;

/** A reference so many times longer than the window is searched, not walked. */
const SEARCH_FROM_RATIO = 24;

/** Runs the test on two sorted samples; throws StatisticsError when one is empty or not finite. */
export function kolmogorovSmirnov(
  reference: SortedSample,
  current: SortedSample,
  method: KolmogorovSmirnovMethod = "auto",
): KolmogorovSmirnovResult {
  const n = reference.length;
  const m = current.length;
  return kolmogorovSmirnovOfGap(kolmogorovSmirnovGap(reference, current), n, m, method);
}

/** The test from nm times its statistic, a whole number, and the sizes n and m. */
export function kolmogorovSmirnovOfGap(
  gap: number,
  n: number,
  m: number,
  method: KolmogorovSmirnovMethod = "auto",
): KolmogorovSmirnovResult {
  const small = Math.max(n, m) <= KOLMOGOROV_SMIRNOV_EXACT_LIMIT;
  const chosen = method === "auto" ? (small ? "exact" : "asymptotic") : method;
  return { statistic: gap / (n * m), pValue: pValueOfGap(gap, n, m, chosen), method: chosen };
}

/** The statistic alone, 0 to 1. */
export function kolmogorovSmirnovStatistic(reference: SortedSample, current: SortedSample): number {
  return kolmogorovSmirnovGap(reference, current) / (reference.length * current.length);
}

/** nm times the statistic: a whole number, so that nothing is lost before lattice paths are counted. */
function kolmogorovSmirnovGap(reference: SortedSample, current: SortedSample): number {
  requireSortedSample(reference, "the reference sample", 1);
  requireSortedSample(current, "the current sample", 1);
  if (reference.length > SEARCH_FROM_RATIO * current.length) return gapBySearch(reference, current);
  if (current.length > SEARCH_FROM_RATIO * reference.length) return gapBySearch(current, reference);
  return gapByMerge(reference, current);
}

function gapByMerge(a: SortedSample, b: SortedSample): number {
  const n = a.length;
  const m = b.length;
  let i = 0;
  let j = 0;
  let gap = 0;
  while (i < n && j < m) {
    const x = a[i] as number;
    const y = b[j] as number;
    const value = Math.min(x, y);
    while (i < n && a[i] === value) i++;
    while (j < m && b[j] === value) j++;
    const difference = Math.abs(i * m - j * n);
    if (difference > gap) gap = difference;
  }
  return gap;
}

/** The extremes lie just before and at the values of the shorter sample, so only those are looked up in the longer. */
function gapBySearch(long: SortedSample, short: SortedSample): number {
  const n = long.length;
  const m = short.length;
  let gap = 0;
  let below = 0;
  let j = 0;
  while (j < m) {
    const value = short[j] as number;
    below = lowerBound(long, value, below);
    gap = Math.max(gap, Math.abs(below * m - j * n));
    while (j < m && short[j] === value) j++;
    below = upperBound(long, value, below);
    gap = Math.max(gap, Math.abs(below * m - j * n));
  }
  return gap;
}

function pValueOfGap(gap: number, n: number, m: number, method: KolmogorovSmirnovResult["method"]): number {
  if (gap === 0) return 1;
  const harmonic = (n * m) / (n + m);
  const statistic = gap / (n * m);
  if (method === "exact") return exactPValue(gap, n, m);
  if (method === "limit") return kolmogorovLimitSurvival(Math.sqrt(harmonic) * statistic);
  return kolmogorovSurvival(Math.max(1, roundHalfEven(harmonic)), statistic);
}

/** Rounding as numpy does it: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * P(D >= gap / nm) over all orderings of the two samples, taken as equally likely. Equal sizes have the closed form of
 * Gnedenko and Korolyuk (1951), else lattice paths are followed (Hodges, "The significance probability of the Smirnov
 * two-sample test", 1958). Beyond exp(-800) it is 0.
 */
function exactPValue(gap: number, n: number, m: number): number {
  const statistic = gap / (n * m);
  if ((statistic * statistic * n * m) / (n + m) > 400) return 0;
  return Math.min(1, n === m ? equalSizes(n, Math.round(gap / n)) : latticePaths(gap, Math.min(n, m), Math.max(n, m)));
}

/** Reflection sum, each term nested in the one before so that it never cancels: 2 A1 (1 - A2 (1 - A3 (...))). */
function equalSizes(n: number, h: number): number {
  let nested = 0;
  for (let k = Math.floor(n / h) - 1; k >= 0; k--) {
    let ratio = 1;
    for (let j = 0; j < h; j++) ratio *= (n - k * h - j) / (n + k * h + j + 1);
    nested = ratio * (1 - nested);
  }
  return 2 * nested;
}

/**
 * `row[j]` is the probability that a random path from (0, 0) to (i, j) has left the band |i/n - j/m| < d. The last
 * step came from (i - 1, j) with probability i / (i + j), so a row follows from the one before by sums of positive
 * terms: small p-values keep all their digits. Only cells in the band are visited.
 */
function latticePaths(gap: number, n: number, m: number): number {
  const row = new Float64Array(m + 1).fill(1);
  const inverse = new Float64Array(n + m + 1);
  for (let i = 1; i <= n + m; i++) inverse[i] = 1 / i;
  for (let j = 0; j <= m && j * n < gap; j++) row[j] = 0;
  for (let i = 1; i <= n; i++) {
    const first = Math.max(0, Math.floor((i * m - gap) / n) + 1);
    const last = Math.min(m, Math.ceil((i * m + gap) / n) - 1);
    let left = first === 0 ? 0 : 1;
    for (let j = first; j <= last; j++) {
      const weight = inverse[i + j] as number;
      left = left * (j * weight) + (row[j] as number) * (i * weight);
      row[j] = left;
    }
  }
  return row[m] as number;
}
