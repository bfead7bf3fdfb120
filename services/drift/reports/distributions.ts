import type { Comparison } from "../monitor";
import { lowerBound, type SortedSample } from "../statistics/samples";
import type { ColumnSummary, NumericSummary } from "../summary";

/** Both samples of a column in the same bars: shares of values, each side's adding up to at most 1. */
export interface ColumnDistribution {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  /** Of numbers the 21 ends of 20 equal ranges; of categories their names, the most frequent of both. */
  readonly bars: readonly (string | number)[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** Columns drawn in a report, worst first. */
const COLUMNS = 60;
const RANGES = 20;
const CATEGORIES = 12;
/** The outer hundredths of both samples go into the outer bars, so that one stray value does not flatten the picture. */
const TAIL = 0.005;

/** Distributions of the drifted columns and then the others, at most 60. */
export function distributionsOf({ report, reference, current }: Comparison): ColumnDistribution[] {
  const rest = Object.keys(report.columns).filter((name) => !report.features_affected.includes(name));
  return [...report.features_affected, ...rest].slice(0, COLUMNS).flatMap((name) => {
    const [before, now] = [reference.columns.get(name), current.columns.get(name)];
    return before && now ? [distributionOf(before, now)] : [];
  });
}

/** One column's distribution; both summaries must be of one kind. */
export function distributionOf(reference: ColumnSummary, current: ColumnSummary): ColumnDistribution {
  if (reference.kind === "numeric" && current.kind === "numeric") return ofNumbers(reference, current);
  const [before, now] = [reference, current].map((summary) => shares(summary));
  const weight = (name: string) => (before?.get(name) ?? 0) + (now?.get(name) ?? 0);
  const names = [...new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])])];
  const bars = names.sort((a, b) => weight(b) - weight(a)).slice(0, CATEGORIES);
  return {
    name: reference.name,
    kind: "categorical",
    bars,
    reference: bars.map((bar) => before?.get(bar) ?? 0),
    current: bars.map((bar) => now?.get(bar) ?? 0),
  };
}

function shares({ counts, count }: ColumnSummary): Map<string, number> {
  const found: Iterable<[string | number, number]> = counts ?? [];
  return new Map([...found].map(([name, times]) => [String(name), times / count]));
}

function ofNumbers(reference: NumericSummary, current: NumericSummary): ColumnDistribution {
  const [a, b] = [reference.sorted, current.sorted];
  const low = Math.min(at(a, TAIL), at(b, TAIL));
  const high = Math.max(at(a, 1 - TAIL), at(b, 1 - TAIL));
  const width = high > low ? (high - low) / RANGES : 1;
  const start = high > low ? low : low - RANGES / 2;
  const bars = Array.from({ length: RANGES + 1 }, (_, i) => start + i * width);
  return { name: reference.name, kind: "numeric", bars, reference: sharesIn(a, bars), current: sharesIn(b, bars) };
}

function at(sorted: SortedSample, share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))] ?? 0;
}

/** Values outside the bars count in the outer ones. */
function sharesIn(sorted: SortedSample, edges: readonly number[]): number[] {
  const inner = edges.slice(1, -1).map((edge) => lowerBound(sorted, edge));
  const ends = [0, ...inner, sorted.length];
  return ends.slice(1).map((end, i) => (end - (ends[i] as number)) / sorted.length);
}
