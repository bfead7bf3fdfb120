import { normalSurvival } from "./distributions";
import { momentsOf } from "./moments";

/** How much each value of a sequence tells of the next. */
export interface Autocorrelation {
  /** Correlation of neighbours, -1 to 1; 0 for a constant sequence. */
  readonly lag1: number;
  /** Two-sided, of no correlation: lag1 is normal with variance 1 / n then (Bartlett 1946). */
  readonly pValue: number;
  /** Independent values worth as much for a mean: n (1 - r) / (1 + r), at most n. */
  readonly effectiveSize: number;
}

/** Autocorrelation of values in the order they came, from their lag-1 correlation and their number. */
export function autocorrelationOf(lag1: number, size: number): Autocorrelation {
  const pValue = Math.min(1, 2 * normalSurvival(Math.abs(lag1) * Math.sqrt(size)));
  return { lag1, pValue, effectiveSize: Math.min(size, (size * (1 - lag1)) / (1 + lag1)) };
}

/** Correlation of each value with the one before, over the spread of all; 0 below 3 values or without spread. */
export function lagOneCorrelation(values: ArrayLike<number>): number {
  const { count, mean, squaredDeviations } = momentsOf(values);
  if (count < 3 || !(squaredDeviations > 0)) return 0;
  let products = 0;
  for (let i = 1; i < count; i++) products += ((values[i] as number) - mean) * ((values[i - 1] as number) - mean);
  return products / squaredDeviations;
}
