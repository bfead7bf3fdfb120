import { wassersteinDistance } from "./statistics/distributionDistance";
import {
  type KolmogorovSmirnovResult,
  kolmogorovSmirnov,
  kolmogorovSmirnovOfGap,
  kolmogorovSmirnovStatistic,
} from "./statistics/kolmogorovSmirnov";
import { countSorted } from "./statistics/quantileBins";
import { lowerBound, upperBound } from "./statistics/samples";
import type { NumericSummary } from "./summary";

/** Kolmogorov-Smirnov test of two columns, without sorting a window where that can be done. */
export function testByKolmogorovSmirnov(reference: NumericSummary, current: NumericSummary): KolmogorovSmirnovResult {
  const placed = current.beside?.(reference);
  return placed
    ? kolmogorovSmirnovOfGap(placed.gap, reference.sorted.length, placed.size)
    : kolmogorovSmirnov(reference.sorted, current.sorted);
}

/** The statistic alone. */
export function kolmogorovSmirnovBetween(reference: NumericSummary, current: NumericSummary): number {
  const placed = current.beside?.(reference);
  if (placed) return placed.gap / (reference.sorted.length * placed.size);
  return kolmogorovSmirnovStatistic(reference.sorted, current.sorted);
}

/** First Wasserstein distance of two columns, in the unit of the data. */
export function wassersteinBetween(reference: NumericSummary, current: NumericSummary): number {
  return current.beside?.(reference)?.area ?? wassersteinDistance(reference.sorted, current.sorted);
}

/** A window's values in the reference's bins. */
export function countInReferenceBins(reference: NumericSummary, current: NumericSummary): Float64Array {
  const placed = current.beside?.(reference);
  if (!placed) return countSorted(current.sorted, reference);
  const ends = [0, ...placed.below, placed.size];
  return Float64Array.from(reference.binCounts, (_, bin) => (ends[bin + 1] as number) - (ends[bin] as number));
}

/** How many values of a window lie beyond the reference's least and greatest. Neither may be empty. */
export function countOutside(reference: NumericSummary, current: NumericSummary): number {
  const placed = current.beside?.(reference);
  if (placed) return placed.outside;
  const low = reference.sorted[0] as number;
  const high = reference.sorted[reference.sorted.length - 1] as number;
  const { sorted } = current;
  return lowerBound(sorted, low) + sorted.length - upperBound(sorted, high);
}
