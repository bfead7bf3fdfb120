import { normalQuantile } from "../statistics/distributions";
import { kolmogorovSmirnov } from "../statistics/kolmogorovSmirnov";
import { momentsOf, sampleVariance } from "../statistics/moments";

/** How sure the model is now beside before. */
export interface ConfidenceShift {
  readonly rows: number;
  readonly previous_rows: number;
  /** Mean of max(score, 1 - score). */
  readonly mean: number;
  readonly previous_mean: number;
  /** Change of the mean with its 95% interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Of the Kolmogorov-Smirnov test on the confidences. */
  readonly p_value: number;
  readonly shifted: boolean;
}

const LEVEL = 0.01;

/** Compares the confidence of scores with that of the window before, each of at least two rows. */
export function confidenceShift(previous: Float64Array, scores: Float64Array): ConfidenceShift {
  const [before, now] = [confidences(previous), confidences(scores)];
  const [a, b] = [momentsOf(before), momentsOf(now)];
  const difference = b.mean - a.mean;
  const error = Math.sqrt(sampleVariance(a) / a.count + sampleVariance(b) / b.count);
  const margin = normalQuantile(0.975) * error;
  const { pValue } = kolmogorovSmirnov(before, now);
  return {
    rows: now.length,
    previous_rows: before.length,
    mean: b.mean,
    previous_mean: a.mean,
    difference,
    low: difference - margin,
    high: difference + margin,
    p_value: pValue,
    shifted: pValue < LEVEL,
  };
}

function confidences(scores: Float64Array): Float64Array {
  return scores.map((score) => Math.max(score, 1 - score)).sort();
}
