import { kolmogorovSmirnovBetween } from "./numericPair";
import { countsInBins } from "./sharedCounts";
import { totalVariationDistance } from "./statistics/countDistance";
import type { ColumnSummary } from "./summary";

/** How far a column moved, apart from how sure that is: the same at any number of rows. */
export interface EffectSize {
  readonly measure: "kolmogorov_smirnov_distance" | "total_variation" | "classifier_auc" | "mmd";
  /** 0 nothing to 1 everything: the share of values that would have to move, or the widest gap in order. */
  readonly value: number;
  readonly size: EffectLabel;
  /** Change of the mean in standard deviations of the reference; numbers with a spread only. */
  readonly mean_shift?: number;
}

export type EffectLabel = "negligible" | "small" | "medium" | "large";

/** Distances of two normal distributions 0.2, 0.5 and 0.8 deviations apart, Cohen's small, medium and large (1988). */
const CUTS: readonly (readonly [number, EffectLabel])[] = [
  [0.0797, "negligible"],
  [0.1974, "small"],
  [0.3108, "medium"],
];

/** The effect of a column: for numbers of many values in order, else of their counts. Both must be of one kind. */
export function effectOf(reference: ColumnSummary, current: ColumnSummary): EffectSize {
  if (reference.kind !== "numeric" || current.kind !== "numeric") {
    const counts = countsInBins(reference, current);
    const value = totalVariationDistance(counts.reference, counts.current);
    return { measure: "total_variation", value, size: labelOf(value) };
  }
  const value = kolmogorovSmirnovBetween(reference, current);
  const shift = (current.mean - reference.mean) / reference.deviation;
  return {
    measure: "kolmogorov_smirnov_distance",
    value,
    size: labelOf(value),
    ...(Number.isFinite(shift) ? { mean_shift: shift } : {}),
  };
}

/** The word for an effect of 0 to 1. */
export function labelOf(value: number): EffectLabel {
  return CUTS.find(([limit]) => value < limit)?.[1] ?? "large";
}
