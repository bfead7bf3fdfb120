import type { Column } from "./columns";
import { LIMITS } from "./limits";
import { momentsOf, populationDeviation } from "./statistics/moments";
import { countSorted, quantileBins } from "./statistics/quantileBins";
import type { PlacedWindow } from "./statistics/referenceCells";
import type { SortedSample } from "./statistics/samples";
import { sortNumbers } from "./statistics/sortNumbers";

/** Numeric columns of at most this many distinct values also keep the count of each. */
export const MAX_DISCRETE_VALUES = 50;

/** What comparing needs of a column, had once. References are stored in this form, windows brought into it. */
export type ColumnSummary = NumericSummary | CategoricalSummary;

interface SummaryBase {
  readonly name: string;
  /** All rows, missing ones included. */
  readonly rows: number;
  readonly missing: number;
}

export interface NumericSummary extends SummaryBase {
  readonly kind: "numeric";
  /** Ascending. All values present, or as many evenly spaced order statistics as a stored column keeps. */
  readonly sorted: SortedSample;
  /** Values present before thinning; `sorted.length` when not thinned. */
  readonly count: number;
  readonly mean: number;
  /** Standard deviation over n, of all values. */
  readonly deviation: number;
  /** Distinct values. */
  readonly distinct: number;
  /** Occurrences by value, ascending, when there are few distinct ones. */
  readonly counts?: ReadonlyMap<number, number>;
  /** 11 ascending edges of ten bins of equal share; empty when nothing is present. */
  readonly edges: Float64Array;
  /** Occurrences in those bins. */
  readonly binCounts: Float64Array;
  /** Share of the values by which ranks may be off beside thinning: of references read from files as sketches. */
  readonly rankError?: number;
  /** Only of windows: what their order beside a reference would tell, without sorting. Undefined where sorting is due. */
  readonly beside?: (reference: NumericSummary) => PlacedWindow | undefined;
}

export interface CategoricalSummary extends SummaryBase {
  readonly kind: "categorical";
  readonly count: number;
  readonly distinct: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Summarises a column of a request; exact. */
export function summarise(column: Column): ColumnSummary {
  const { name, rows, missing } = column;
  if (column.kind === "categorical") {
    const { counts } = column;
    return { kind: "categorical", name, rows, missing, count: rows - missing, distinct: counts.size, counts };
  }
  return { kind: "numeric", name, rows, missing, ...summariseSorted(sortNumbers(column.values)) };
}

/**
 * Cuts a summary down to what is stored: at most `limit` evenly spaced order statistics, so that the distribution
 * function is off by 1 / (2 limit) at most. A column of few distinct values is stored as their counts and stays whole.
 */
export function thin(summary: ColumnSummary, limit: number = LIMITS.storedValues): ColumnSummary {
  if (summary.kind === "categorical" || summary.counts || summary.sorted.length <= limit) return summary;
  const { sorted } = summary;
  const step = sorted.length / limit;
  const kept = Float64Array.from({ length: limit }, (_, i) => sorted[Math.floor((i + 0.5) * step)] as number);
  return { ...summary, sorted: kept };
}

function summariseSorted(sorted: SortedSample) {
  const count = sorted.length;
  if (count === 0) {
    const edges = new Float64Array();
    return {
      sorted,
      count,
      mean: 0,
      deviation: 0,
      distinct: 0,
      counts: new Map<number, number>(),
      edges,
      binCounts: edges,
    };
  }
  const moments = momentsOf(sorted);
  const bins = quantileBins(sorted);
  const { distinct, counts } = countDistinct(sorted);
  return {
    sorted,
    count,
    mean: moments.mean,
    deviation: populationDeviation(moments),
    distinct,
    ...(counts ? { counts } : {}),
    edges: bins.edges,
    binCounts: countSorted(sorted, bins),
  };
}

function countDistinct(sorted: SortedSample): { distinct: number; counts?: Map<number, number> } {
  const counts = new Map<number, number>();
  let distinct = 0;
  for (let start = 0; start < sorted.length; ) {
    const value = sorted[start] as number;
    let end = start + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    distinct++;
    if (distinct <= MAX_DISCRETE_VALUES) counts.set(value, end - start);
    start = end;
  }
  return distinct <= MAX_DISCRETE_VALUES ? { distinct, counts } : { distinct };
}
