import { normalSurvival } from "./distributions";
import type { Moments } from "./moments";

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

/** Moments of values in the order they came, and how neighbours go together. */
export interface SequenceMoments extends Moments {
  /** Correlation of each value with the one before, over the spread of all; 0 below 3 values or without spread. */
  readonly lag1: number;
}

/** Two passes over the values; sums are kept apart in four, which processors add at once. */
export function sequenceMoments(values: Float64Array): SequenceMoments {
  const count = values.length;
  const whole = count - (count % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = 0; i < whole; i += 4) {
    a += values[i] as number;
    b += values[i + 1] as number;
    c += values[i + 2] as number;
    d += values[i + 3] as number;
  }
  for (let i = whole; i < count; i++) a += values[i] as number;
  const mean = (a + b + (c + d)) / count;
  let [squares, otherSquares, products, otherProducts] = [0, 0, 0, 0];
  let previous = 0;
  for (let i = 0; i + 1 < count; i += 2) {
    const first = (values[i] as number) - mean;
    const second = (values[i + 1] as number) - mean;
    squares += first * first;
    otherSquares += second * second;
    products += first * previous;
    otherProducts += first * second;
    previous = second;
  }
  if (count % 2 === 1) {
    const last = (values[count - 1] as number) - mean;
    squares += last * last;
    products += last * previous;
  }
  const squaredDeviations = squares + otherSquares;
  // Equal values are not quite their own mean once that is rounded.
  const doubtful = squaredDeviations <= count * (count * Number.EPSILON * mean) ** 2;
  const spread = squaredDeviations > 0 && !(doubtful && values.every((value) => value === values[0]));
  const lag1 = count < 3 || !spread ? 0 : (products + otherProducts) / squaredDeviations;
  return { count, mean, squaredDeviations, lag1 };
}
