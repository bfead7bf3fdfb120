import { countInReferenceBins } from "./numericPair";
import type { ColumnSummary, NumericSummary } from "./summary";

/** Numbers of at most this many distinct values in both samples together are compared value by value, as Evidently does. */
const FEW_DISTINCT_VALUES = 5;

/** Occurrences in the same bins or categories of both samples. */
export interface SharedCounts {
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/**
 * Counts of two summaries by category; undefined for numeric columns that have too many distinct values to keep
 * counts of each. Both summaries must be of one kind.
 */
export function countsByCategory(reference: ColumnSummary, current: ColumnSummary): SharedCounts | undefined {
  const before: ReadonlyMap<string | number, number> | undefined = reference.counts;
  const now: ReadonlyMap<string | number, number> | undefined = current.counts;
  if (!before || !now) return undefined;
  const categories = [...new Set([...before.keys(), ...now.keys()])];
  return {
    reference: categories.map((category) => before.get(category) ?? 0),
    current: categories.map((category) => now.get(category) ?? 0),
  };
}

/**
 * Counts for measures of distance: by category, and for numbers of more than a few distinct values in the ten bins of
 * equal share of the reference.
 */
export function countsInBins(reference: ColumnSummary, current: ColumnSummary): SharedCounts {
  const byCategory = distinctTogether(reference, current) <= FEW_DISTINCT_VALUES || reference.kind === "categorical";
  const counts = byCategory ? countsByCategory(reference, current) : undefined;
  if (counts) return counts;
  const before = reference as NumericSummary;
  return { reference: [...before.binCounts], current: [...countInReferenceBins(before, current as NumericSummary)] };
}

/** Distinct values of both samples together; Infinity when either has more than are counted one by one. */
export function distinctTogether(reference: ColumnSummary, current: ColumnSummary): number {
  if (!reference.counts || !current.counts) return Number.POSITIVE_INFINITY;
  const seen: ReadonlyMap<string | number, number> = reference.counts;
  let distinct = seen.size;
  for (const category of current.counts.keys()) if (!seen.has(category)) distinct++;
  return distinct;
}
