import { studentTwoSided } from "./distributions";
import { type Moments, sampleVariance } from "./moments";
import { StatisticsError } from "./statisticsError";

/** A two-sided test of two means. */
export interface WelchTTestResult {
  /** Difference of the means, reference less current, in its standard errors. */
  readonly statistic: number;
  readonly pValue: number;
  /** Welch-Satterthwaite's, not whole. */
  readonly degreesOfFreedom: number;
  /** Cohen's d: the difference in standard deviations, the root of the mean of both variances. */
  readonly effectSize: number;
}

/**
 * Welch's test that two samples have one mean, variances free to differ (Welch 1947). Two constant samples are equal,
 * p-value 1, or not, p-value 0. Throws StatisticsError when a sample has fewer than 2 values.
 */
export function welchTTest(reference: Moments, current: Moments): WelchTTestResult {
  requireTwo(reference, "the reference sample");
  requireTwo(current, "the current sample");
  const referenceVariance = sampleVariance(reference);
  const currentVariance = sampleVariance(current);
  const difference = reference.mean - current.mean;
  const referencePart = referenceVariance / reference.count;
  const currentPart = currentVariance / current.count;
  const variance = referencePart + currentPart;
  const degreesOfFreedom =
    variance === 0
      ? reference.count + current.count - 2
      : variance ** 2 / (referencePart ** 2 / (reference.count - 1) + currentPart ** 2 / (current.count - 1));
  const statistic = difference === 0 ? 0 : difference / Math.sqrt(variance);
  return {
    statistic,
    pValue: studentTwoSided(statistic, degreesOfFreedom),
    degreesOfFreedom,
    effectSize: difference === 0 ? 0 : difference / Math.sqrt((referenceVariance + currentVariance) / 2),
  };
}

function requireTwo(moments: Moments, label: string): void {
  if (moments.count < 2) throw new StatisticsError(`${label} has ${moments.count} value(s): at least 2 needed`);
}
