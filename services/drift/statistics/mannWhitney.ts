import { normalSurvival } from "./distributions";
import { requireSortedSample, type SortedSample } from "./samples";
import { forEachTieGroup } from "./tieGroups";

/** `auto` is exact when a sample has at most 8 values and no value is tied, as scipy has it. */
export type MannWhitneyMethod = "auto" | "exact" | "asymptotic";

/** A two-sided Mann-Whitney U test. */
export interface MannWhitneyResult {
  /** Pairs in which the reference's value is the greater, ties counting half. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: Exclude<MannWhitneyMethod, "auto">;
  /** Share of pairs in which the reference's value is the greater: 0.5 when neither sample tends higher. */
  readonly effectSize: number;
}

/**
 * Tests that neither of two sorted samples tends to be higher (Mann and Whitney 1947): exactly, which supposes no
 * ties, or by the normal approximation with tie and continuity corrections.
 */
export function mannWhitney(
  reference: SortedSample,
  current: SortedSample,
  method: MannWhitneyMethod = "auto",
): MannWhitneyResult {
  requireSortedSample(reference, "the reference sample", 1);
  requireSortedSample(current, "the current sample", 1);
  const n = reference.length;
  const m = current.length;
  let seenOfCurrent = 0;
  let statistic = 0;
  let tieTerm = 0;
  forEachTieGroup(reference, current, (countReference, countCurrent) => {
    statistic += countReference * (seenOfCurrent + countCurrent / 2);
    seenOfCurrent += countCurrent;
    const tied = countReference + countCurrent;
    tieTerm += tied * (tied * tied - 1);
  });
  const chosen = method === "auto" ? (Math.min(n, m) <= 8 && tieTerm === 0 ? "exact" : "asymptotic") : method;
  const extreme = Math.max(statistic, n * m - statistic);
  const pValue = chosen === "exact" ? exactTail(extreme, n, m) : normalTail(extreme, n, m, tieTerm);
  return { statistic, pValue: Math.min(1, 2 * pValue), method: chosen, effectSize: statistic / (n * m) };
}

function normalTail(extreme: number, n: number, m: number, tieTerm: number): number {
  const total = n + m;
  const variance = ((n * m) / 12) * (total + 1 - tieTerm / (total * (total - 1)));
  // All values equal: nothing is spread, nothing differs.
  if (!(variance > 0)) return 1;
  return normalSurvival((extreme - (n * m) / 2 - 0.5) / Math.sqrt(variance));
}

/**
 * P(U >= extreme) when all orderings are equally likely: the coefficients of the Gaussian binomial, built factor by
 * factor, (1 - q^(long + i)) / (1 - q^i), and by symmetry only up to the half that is needed.
 */
function exactTail(extreme: number, n: number, m: number): number {
  const short = Math.min(n, m);
  const long = Math.max(n, m);
  const last = Math.floor(n * m - extreme);
  const ways = new Float64Array(last + 1);
  ways[0] = 1;
  let all = 1;
  for (let i = 1; i <= short; i++) {
    for (let u = last; u >= long + i; u--) ways[u] = (ways[u] as number) - (ways[u - long - i] as number);
    for (let u = i; u <= last; u++) ways[u] = (ways[u] as number) + (ways[u - i] as number);
    all *= (long + i) / i;
  }
  let sum = 0;
  for (let u = 0; u <= last; u++) sum += ways[u] as number;
  return sum / all;
}
