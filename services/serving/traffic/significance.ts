/** Count, mean and sum of squared deviations of numbers, as Welford keeps them. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of the squared deviations from the mean. */
  readonly squares: number;
}

/** Some of a number of trials. */
export interface Share {
  readonly events: number;
  readonly trials: number;
}

/** A two-sided test that two groups do not differ. */
export interface Comparison {
  /** Of the second group less that of the first. */
  readonly difference: number;
  /** Where the difference is with 95 % confidence. */
  readonly interval: readonly [number, number];
  /** The difference in its standard errors. */
  readonly statistic: number;
  readonly p_value: number;
}

const NORMAL_975 = 1.959963984540054;

/**
 * Z-test of two shares by the pooled variance, with the interval by each share's own variance (Fleiss, Levin and Paik,
 * "Statistical methods for rates and proportions", 2003, section 3.2, without continuity correction). Where every
 * trial of both ended alike nothing differs: p-value 1.
 * @returns undefined when a group has no trial.
 */
export function compareShares(first: Share, second: Share): Comparison | undefined {
  if (first.trials === 0 || second.trials === 0) return undefined;
  const [a, b] = [first.events / first.trials, second.events / second.trials];
  const difference = b - a;
  const pooled = (first.events + second.events) / (first.trials + second.trials);
  const pooledError = Math.sqrt(pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials));
  const margin = NORMAL_975 * Math.sqrt((a * (1 - a)) / first.trials + (b * (1 - b)) / second.trials);
  const statistic = difference === 0 ? 0 : difference / pooledError;
  return {
    difference,
    interval: [difference - margin, difference + margin],
    statistic,
    p_value: normalTwoSided(statistic),
  };
}

/**
 * Welch's test of two means, variances free to differ (Welch 1947). Two constant groups are equal, p-value 1, or not,
 * p-value 0.
 * @returns undefined when a group has fewer than two numbers.
 */
export function compareMeans(first: Moments, second: Moments): Comparison | undefined {
  if (first.count < 2 || second.count < 2) return undefined;
  const difference = second.mean - first.mean;
  const parts = [first, second].map(({ count, squares }) => squares / (count - 1) / count) as [number, number];
  const variance = parts[0] + parts[1];
  if (variance === 0) {
    const statistic = difference === 0 ? 0 : difference * Number.POSITIVE_INFINITY;
    return { difference, interval: [difference, difference], statistic, p_value: difference === 0 ? 1 : 0 };
  }
  const freedom = variance ** 2 / (parts[0] ** 2 / (first.count - 1) + parts[1] ** 2 / (second.count - 1));
  const error = Math.sqrt(variance);
  const margin = studentQuantile975(freedom) * error;
  const statistic = difference / error;
  return {
    difference,
    interval: [difference - margin, difference + margin],
    statistic,
    p_value: studentTwoSided(statistic, freedom),
  };
}

/** P(|Z| > |z|) of the standard normal distribution: the continued fraction of its tail, the series near zero. */
function normalTwoSided(z: number): number {
  const x = (z * z) / 2;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x > 2) {
    // Abramowitz and Stegun 6.5.31 for Q(1/2, x), from the far end.
    let tail = 0;
    for (let n = 200; n >= 1; n--) tail = (n * (n - 0.5)) / (x + 2 * n + 0.5 - tail);
    return (Math.sqrt(x / Math.PI) * Math.exp(-x)) / (x + 0.5 - tail);
  }
  // Abramowitz and Stegun 6.5.29 for P(1/2, x).
  let term = 2;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (n + 0.5);
    sum += term;
  }
  return 1 - Math.sqrt(x / Math.PI) * Math.exp(-x) * sum;
}

/** P(|T| > |t|) of Student's distribution: the incomplete beta I_x(freedom / 2, 1 / 2) (Abramowitz and Stegun 26.7.1). */
export function studentTwoSided(t: number, freedom: number): number {
  const square = t * t;
  const x = freedom / (freedom + square);
  const y = square / (freedom + square);
  if (y === 0) return 1;
  const [a, b] = [freedom / 2, 0.5];
  const front = Math.exp(a * Math.log1p(-y) + b * Math.log(y) - logBetaHalf(a));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, y)) / b;
}

/** The t that |T| stays below with probability 0.95, by bisection: seldom asked for, and always inside. */
function studentQuantile975(freedom: number): number {
  let [low, high] = [1.9, 13 / Math.min(1, freedom) ** 2];
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (studentTwoSided(middle, freedom) > 0.05) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** ln B(a, 1/2), where a is at least one half; by Stirling's series beyond 20, which no log gammas cancel in. */
function logBetaHalf(a: number): number {
  let [shifted, product] = [a, 1];
  while (shifted < 20) {
    product *= (shifted + 0.5) / shifted;
    shifted++;
  }
  // ln G(a) - ln G(a + 1/2) = -ln(a) / 2 + 1/(8a) - 1/(192 a^3) + 1/(640 a^5) - 17/(14336 a^7) + ...
  const r = 1 / shifted;
  const series = r * (1 / 8 - r * r * (1 / 192 - r * r * (1 / 640 - r * r * (17 / 14336))));
  return -Math.log(shifted) / 2 + series + Math.log(product) + Math.log(Math.PI) / 2;
}

/** Lentz's evaluation of the continued fraction of the incomplete beta (Abramowitz and Stegun 26.5.8). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 / (1 + term * d);
      c = 1 + term / c;
      fraction *= d * c;
    }
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}
