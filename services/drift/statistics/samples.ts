import { StatisticsError } from "./statisticsError";

/**
 * A sample of a continuous quantity, ascending, every value finite. Tests on order take it in this form so that a
 * stored reference is sorted once and never again; `sortSample` makes one.
 */
export type SortedSample = Float64Array;

/** Copies and sorts values; throws StatisticsError when there is none or one is NaN or infinite. */
export function sortSample(values: ArrayLike<number>): SortedSample {
  if (values.length === 0) throw new StatisticsError("the sample is empty: at least 1 value is needed");
  const sorted = Float64Array.from(values).sort();
  requireSortedSample(sorted, "the sample", 1);
  return sorted;
}

/**
 * Throws StatisticsError unless a sorted sample has enough values, all finite. Sorting puts -Infinity first and
 * Infinity and NaN last, so looking at the two ends is enough; the order itself is the caller's promise.
 */
export function requireSortedSample(sample: SortedSample, label: string, minimumSize: number): void {
  if (sample.length < minimumSize) {
    throw new StatisticsError(`${label} has ${sample.length} value(s): at least ${minimumSize} needed`);
  }
  for (const end of [sample[0], sample[sample.length - 1]]) {
    if (end !== undefined && !Number.isFinite(end)) {
      throw new StatisticsError(`${label} holds ${end}: only finite numbers can be compared, drop or impute the rest`);
    }
  }
}

/** Index of the first value of a sorted sample that is >= `value`, looking from `from` on. */
export function lowerBound(sample: SortedSample, value: number, from = 0): number {
  let low = from;
  let high = sample.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sample[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first value of a sorted sample that is > `value`, looking from `from` on. */
export function upperBound(sample: SortedSample, value: number, from = 0): number {
  let low = from;
  let high = sample.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sample[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
