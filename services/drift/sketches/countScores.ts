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

/**
 * Shares of both samples by category. Where categories were dropped from a sketch, each share may be larger by the
 * sketch's undercount, and what is left of either sample stands in one further bin.
 */
export function sharesByCategory(reference: CategoricalSketch, current: CategoricalSketch): BinShares[] {
  const [p, q] = [new Map(reference.categories.top()), new Map(current.categories.top())];
  const names = [...new Set([...p.keys(), ...q.keys()])];
  const bins = names.map((name) => ({
    reference: listed(reference, p.get(name) ?? 0),
    current: listed(current, q.get(name) ?? 0),
  }));
  if (reference.categories.undercount + current.categories.undercount === 0) return bins;
  return [...bins, { reference: rest(reference, p, names.length), current: rest(current, q, names.length) }];
}

function listed({ categories }: CategoricalSketch, count: number): BoundedScore {
  const value = count / categories.count;
  return { value, low: value, high: Math.min(1, (count + categories.undercount) / categories.count) };
}

function rest({ categories }: CategoricalSketch, kept: ReadonlyMap<string, number>, names: number): BoundedScore {
  let left = categories.count;
  for (const count of kept.values()) left -= count;
  const value = left / categories.count;
  return { value, low: Math.max(0, value - (names * categories.undercount) / categories.count), high: value };
}

function lift(share: BoundedScore): BoundedScore {
  return mapScore(share, (value) => Math.max(value, PSI_SHARE_FLOOR));
}

function towardsMiddle(p: number, q: number): number {
  return p > 0 ? p * Math.log((2 * p) / (p + q)) : 0;
}
