import { type Counts, requireComparableCounts, totalOf } from "./counts";

/**
 * Kullback-Leibler divergence of the current shares from the reference's, the sum of p ln(p / q) with p of the
 * reference, in nats. Infinite when the reference has what the current sample lacks (Kullback and Leibler 1951).
 */
export function kullbackLeiblerDivergence(reference: Counts, current: Counts): number {
  requireComparableCounts(reference, current);
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  let divergence = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = (reference[i] as number) / referenceTotal;
    if (p > 0) divergence += p * Math.log(p / ((current[i] as number) / currentTotal));
  }
  return Math.max(0, divergence);
}

/**
 * Hellinger distance, the root of 1 - sum sqrt(p q): 0 equal, 1 nothing in common. Had from the differences of roots,
 * which does not cancel for samples nearly equal.
 */
export function hellingerDistance(reference: Counts, current: Counts): number {
  requireComparableCounts(reference, current);
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    const difference =
      Math.sqrt((reference[i] as number) / referenceTotal) - Math.sqrt((current[i] as number) / currentTotal);
    sum += difference * difference;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}

/** Total variation distance, half the sum of |p - q|: the share of values that would have to move; 0 to 1. */
export function totalVariationDistance(reference: Counts, current: Counts): number {
  requireComparableCounts(reference, current);
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  let sum = 0;
  for (let i = 0; i < reference.length; i++) {
    sum += Math.abs((reference[i] as number) / referenceTotal - (current[i] as number) / currentTotal);
  }
  return Math.min(1, sum / 2);
}
