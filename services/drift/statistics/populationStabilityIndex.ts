import { type Counts, requireComparableCounts, totalOf } from "./counts";
import { countSorted, quantileBins } from "./quantileBins";
import { requireSortedSample, type SortedSample } from "./samples";

/** Shares below this are lifted to it, so that an empty bin costs much but not infinitely much. */
export const PSI_SHARE_FLOOR = 1e-4;

/**
 * Population stability index of two samples counted in the same bins: the sum of (p - q) ln(p / q) over shares floored
 * at PSI_SHARE_FLOOR and not renormalised. 0 when equal, never negative; by custom below 0.1 is stable, above 0.25 a
 * major shift. (Siddiqi, "Credit risk scorecards", 2006.)
 */
export function populationStabilityIndex(reference: Counts, current: Counts): number {
  requireComparableCounts(reference, current);
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  let index = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = Math.max((reference[i] as number) / referenceTotal, PSI_SHARE_FLOOR);
    const q = Math.max((current[i] as number) / currentTotal, PSI_SHARE_FLOOR);
    index += (p - q) * Math.log(p / q);
  }
  return index;
}

/** The index of two sorted samples over `bins` (default 10) bins at the reference's quantiles, the outer two open. */
export function populationStabilityIndexOfSamples(
  reference: SortedSample,
  current: SortedSample,
  bins?: number,
): number {
  requireSortedSample(current, "the current sample", 1);
  const edges = quantileBins(reference, bins);
  return populationStabilityIndex(countSorted(reference, edges), countSorted(current, edges));
}
