import { momentsOf, populationDeviation } from "./moments";
import { requireSortedSample, type SortedSample } from "./samples";

/** A spread below this is taken for it, so that a nearly constant reference does not make every change infinite. */
export const WASSERSTEIN_DEVIATION_FLOOR = 1e-3;

/**
 * First Wasserstein distance of two sorted samples: the area between their distribution functions, in the unit of the
 * data (Vallender 1974).
 */
export function wassersteinDistance(reference: SortedSample, current: SortedSample): number {
  requireBoth(reference, current);
  return areaBetween(reference, current, false);
}

/**
 * Wasserstein distance in standard deviations of the reference (over n, at least WASSERSTEIN_DEVIATION_FLOOR), as
 * Evidently norms it. A stored reference passes its known deviation, which saves a pass.
 */
export function normedWassersteinDistance(
  reference: SortedSample,
  current: SortedSample,
  referenceDeviation = populationDeviation(momentsOf(reference)),
): number {
  return wassersteinDistance(reference, current) / Math.max(referenceDeviation, WASSERSTEIN_DEVIATION_FLOOR);
}

/**
 * Energy distance of two sorted samples, the root of 2 E|X - Y| - E|X - X'| - E|Y - Y'|, had as the area between the
 * squared differences of their distribution functions (Szekely and Rizzo, "Energy statistics", 2013).
 */
export function energyDistance(reference: SortedSample, current: SortedSample): number {
  requireBoth(reference, current);
  return Math.sqrt(2 * areaBetween(reference, current, true));
}

function requireBoth(reference: SortedSample, current: SortedSample): void {
  requireSortedSample(reference, "the reference sample", 1);
  requireSortedSample(current, "the current sample", 1);
}

/** Integral of |F - G|, or of its square, in one merge of the two samples. */
function areaBetween(a: SortedSample, b: SortedSample, squared: boolean): number {
  const n = a.length;
  const m = b.length;
  let i = 0;
  let j = 0;
  let area = 0;
  let previous = Math.min(a[0] as number, b[0] as number);
  while (i < n || j < m) {
    const takeA = j >= m || (i < n && (a[i] as number) <= (b[j] as number));
    const value = takeA ? (a[i] as number) : (b[j] as number);
    const difference = Math.abs(i / n - j / m);
    area += (squared ? difference * difference : difference) * (value - previous);
    previous = value;
    if (takeA) i++;
    else j++;
  }
  return area;
}
