/** Size, mean and spread of a sample. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean. */
  readonly squaredDeviations: number;
}

/** Moments of values in any order, by two passes so that a large mean costs no digits. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const count = values.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[i] as number;
  const mean = sum / count;
  let squaredDeviations = 0;
  for (let i = 0; i < count; i++) {
    const deviation = (values[i] as number) - mean;
    squaredDeviations += deviation * deviation;
  }
  return { count, mean, squaredDeviations };
}

/** Standard deviation over n. */
export function populationDeviation({ count, squaredDeviations }: Moments): number {
  return Math.sqrt(squaredDeviations / count);
}

/** Variance over n - 1; NaN for fewer than two values. */
export function sampleVariance({ count, squaredDeviations }: Moments): number {
  return count < 2 ? Number.NaN : squaredDeviations / (count - 1);
}
