import { chiSquareSurvival } from "../statistics/distributions";
import { PSI_SHARE_FLOOR } from "../statistics/populationStabilityIndex";
import type { CategoricalSketch } from "./columnSketch";
import { type BinShares, type BoundedScore, boundConvexSum, mapFalling, mapScore } from "./convexBounds";

/** Population stability index; shares below PSI_SHARE_FLOOR are lifted to it. */
export function boundedPsi(bins: readonly BinShares[]): BoundedScore {
  const floored = bins.map(({ reference, current }) => ({ reference: lift(reference), current: lift(current) }));
  return boundConvexSum(floored, (p, q) => (p - q) * Math.log(p / q));
}

/** Jensen-Shannon distance in base 2 by default. */
export function boundedJensenShannon(bins: readonly BinShares[], base = 2): BoundedScore {
  const divergence = boundConvexSum(bins, (p, q) => towardsMiddle(p, q) + towardsMiddle(q, p));
  return mapScore(divergence, (sum) => Math.sqrt(Math.max(0, sum) / 2 / Math.log(base)));
}

/** Total variation distance, half the sum of |p - q|. */
export function boundedTotalVariation(bins: readonly BinShares[]): BoundedScore {
  const bounded = boundConvexSum(bins, (p, q) => Math.abs(p - q));
  return mapScore(bounded, (sum) => Math.min(1, sum / 2));
}

/** Pearson's test of homogeneity of two samples of these sizes, with intervals for the statistic and the p-value. */
export function boundedChiSquare(
  bins: readonly BinShares[],
  referenceCount: number,
  currentCount: number,
): { statistic: BoundedScore; pValue: BoundedScore; degreesOfFreedom: number } {
  const total = referenceCount + currentCount;
  const scale = (referenceCount * currentCount) / total;
  const bounded = boundConvexSum(bins, (p, q) => {
    const pooled = (p * referenceCount + q * currentCount) / total;
    return pooled === 0 ? 0 : (p - q) ** 2 / pooled;
  });
  const statistic = mapScore(bounded, (sum) => sum * scale);
  const degreesOfFreedom = bins.filter(({ reference, current }) => reference.value + current.value > 0).length - 1;
  const survival = (x: number) => (degreesOfFreedom <= 0 ? 1 : chiSquareSurvival(x, degreesOfFreedom));
  return { statistic, pValue: mapFalling(statistic, survival), degreesOfFreedom };
}

/** Occurrences by category; each may be too low by `undercount`, and what is not listed is counted in `total` only. */
export interface CategoryCounts {
  readonly counts: ReadonlyMap<string | number, number>;
  readonly total: number;
  readonly undercount: number;
}

/** The categories that a sketch kept. */
export function countsOfSketch({ categories }: CategoricalSketch): CategoryCounts {
  return { counts: new Map(categories.top()), total: categories.count, undercount: categories.undercount };
}

/**
 * Shares of both samples by category. Where categories were dropped from a sketch, each share may be larger by the
 * sketch's undercount, and what is left of either sample stands in one further bin.
 */
export function sharesByCategory(reference: CategoryCounts, current: CategoryCounts): BinShares[] {
  const names = [...new Set([...reference.counts.keys(), ...current.counts.keys()])];
  const bins = names.map((name) => ({ reference: listed(reference, name), current: listed(current, name) }));
  if (reference.undercount + current.undercount === 0) return bins;
  return [...bins, { reference: rest(reference, names.length), current: rest(current, names.length) }];
}

function listed({ counts, total, undercount }: CategoryCounts, name: string | number): BoundedScore {
  const count = counts.get(name) ?? 0;
  const value = count / total;
  return { value, low: value, high: Math.min(1, (count + undercount) / total) };
}

function rest({ counts, total, undercount }: CategoryCounts, names: number): BoundedScore {
  let left = total;
  for (const count of counts.values()) left -= count;
  const value = left / total;
  return { value, low: Math.max(0, value - (names * undercount) / total), high: value };
}

function lift(share: BoundedScore): BoundedScore {
  return mapScore(share, (value) => Math.max(value, PSI_SHARE_FLOOR));
}

function towardsMiddle(p: number, q: number): number {
  return p > 0 ? p * Math.log((2 * p) / (p + q)) : 0;
}
