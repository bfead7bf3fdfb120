import { lowerBound, requireSortedSample, type SortedSample } from "./samples";
import { StatisticsError } from "./statisticsError";

/**
 * Bins at equal shares of a reference: `edges[0]` and the last are its least and greatest value, the bins between
 * them are closed below and open above, and the outer two reach to infinity. Edges may repeat where one value holds
 * more than a bin's share; such a bin is empty.
 */
export interface QuantileBins {
  /** bins + 1 ascending values. */
  readonly edges: Float64Array;
}

/** The q-quantile of a sorted sample, q in 0..1, interpolated linearly between order statistics (numpy's default). */
export function quantile(sorted: SortedSample, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  const share = position - below;
  // The interpolation starts at the nearer end, to the last bit as numpy's does: a value that ties with an edge must
  // fall on the same side of it.
  return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
}

/** Bins a sorted reference into `bins` (default 10) equal shares; throws StatisticsError when it is empty or bins < 2. */
export function quantileBins(reference: SortedSample, bins = 10): QuantileBins {
  if (!Number.isInteger(bins) || bins < 2) {
    throw new StatisticsError(`${bins} bins asked for: a whole number of at least 2 is needed`);
  }
  requireSortedSample(reference, "the reference sample", 1);
  const edges = new Float64Array(bins + 1);
  const step = 1 / bins;
  for (let i = 0; i < bins; i++) edges[i] = quantile(reference, i * step);
  edges[bins] = reference[reference.length - 1] as number;
  return { edges };
}

/** How many values of a sorted sample fall in each bin: one search an edge. */
export function countSorted(sample: SortedSample, { edges }: QuantileBins): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  let start = 0;
  for (let bin = 0; bin < counts.length - 1; bin++) {
    const end = lowerBound(sample, edges[bin + 1] as number, start);
    counts[bin] = end - start;
    start = end;
  }
  counts[counts.length - 1] = sample.length - start;
  return counts;
}

/** How many values of a sample in any order fall in each bin: one pass; NaN is refused with a StatisticsError. */
export function countUnsorted(values: ArrayLike<number>, { edges }: QuantileBins): Float64Array {
  const counts = new Float64Array(edges.length - 1);
  const interior = edges.subarray(1, edges.length - 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) throw new StatisticsError(`value ${i} is NaN: only numbers can be binned`);
    let low = 0;
    let high = interior.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((interior[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    counts[low] = (counts[low] as number) + 1;
  }
  return counts;
}
