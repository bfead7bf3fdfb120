import { type Counts, requireComparableCounts, totalOf } from "./counts";

/**
 * Jensen-Shannon distance, the square root of the divergence, of two samples counted in the same bins (Lin 1991;
 * Endres and Schindelin 2003). In base 2 it runs from 0, equal, to 1, nothing in common; empty bins need no floor.
 */
export function jensenShannonDistance(reference: Counts, current: Counts, base = 2): number {
  requireComparableCounts(reference, current);
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  let divergence = 0;
  for (let i = 0; i < reference.length; i++) {
    const p = (reference[i] as number) / referenceTotal;
    const q = (current[i] as number) / currentTotal;
    if (p === q) continue;
    const middle = (p + q) / 2;
    if (p > 0) divergence += p * Math.log(p / middle);
    if (q > 0) divergence += q * Math.log(q / middle);
  }
  return Math.sqrt(Math.max(0, divergence) / 2 / Math.log(base));
}
