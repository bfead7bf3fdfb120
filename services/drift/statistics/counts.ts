import { StatisticsError } from "./statisticsError";

/** Occurrences of each category or bin, whole or weighted, none negative; two samples list theirs in one order. */
export type Counts = ArrayLike<number>;

/** The sum of all counts. */
export function totalOf(counts: Counts): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
}

/** Throws StatisticsError unless two count vectors are of one length, finite, non-negative and each with a positive sum. */
export function requireComparableCounts(reference: Counts, current: Counts): void {
  if (reference.length !== current.length) {
    throw new StatisticsError(
      `the reference has ${reference.length} bins and the current sample ${current.length}: both must list the same bins`,
    );
  }
  requireCounts(reference, "the reference");
  requireCounts(current, "the current sample");
}

function requireCounts(counts: Counts, label: string): void {
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] as number;
    if (!(count >= 0 && count < Infinity)) {
      throw new StatisticsError(`${label} counts ${count} in bin ${i}: counts are finite and not negative`);
    }
  }
  if (!(totalOf(counts) > 0)) throw new StatisticsError(`${label} is empty: at least 1 value is needed`);
}

/** Occurrences of every category of either sample, in one order, categories only one of them has included. */
export function countCategories<T>(
  reference: readonly T[],
  current: readonly T[],
): { categories: T[]; reference: Float64Array; current: Float64Array } {
  const index = new Map<T, number>();
  for (const value of reference) if (!index.has(value)) index.set(value, index.size);
  for (const value of current) if (!index.has(value)) index.set(value, index.size);
  return {
    categories: [...index.keys()],
    reference: tally(reference, index),
    current: tally(current, index),
  };
}

function tally<T>(values: readonly T[], index: ReadonlyMap<T, number>): Float64Array {
  const counts = new Float64Array(index.size);
  for (const value of values) {
    const position = index.get(value) as number;
    counts[position] = (counts[position] as number) + 1;
  }
  return counts;
}
