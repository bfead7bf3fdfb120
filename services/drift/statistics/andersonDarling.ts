import { requireSortedSample, type SortedSample } from "./samples";
import { StatisticsError } from "./statisticsError";

/** The k-sample Anderson-Darling test. */
export interface AndersonDarlingResult {
  /** Standardised: its mean over the null hypothesis taken off, in its standard deviations. */
  readonly statistic: number;
  /** Interpolated between tabled critical values, hence never outside 0.001 to 0.25, the ends meaning "or beyond". */
  readonly pValue: number;
}

/** Table 2 of Scholz and Stephens: critical values are b0 + b1 / sqrt(k - 1) + b2 / (k - 1). */
const LEVELS = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];
const B0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
const B1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
const B2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];

/**
 * Tests that two or more sorted samples come from one distribution, with most weight on its tails; ties by midranks
 * (Scholz and Stephens, "K-sample Anderson-Darling tests", 1987, equation 7). Throws StatisticsError when a sample is
 * empty, there are fewer than two, fewer than 4 values in all, or only one distinct value.
 */
export function andersonDarling(samples: readonly SortedSample[]): AndersonDarlingResult {
  if (samples.length < 2) throw new StatisticsError(`${samples.length} sample(s) given: at least 2 are compared`);
  for (const [i, sample] of samples.entries()) requireSortedSample(sample, `sample ${i + 1}`, 1);
  const total = samples.reduce((sum, sample) => sum + sample.length, 0);
  if (total < 4) throw new StatisticsError(`the samples have ${total} values together: at least 4 are needed`);
  const statistic = (midrankStatistic(samples, total) - (samples.length - 1)) / Math.sqrt(nullVariance(samples, total));
  return { statistic, pValue: interpolatedPValue(statistic, samples.length - 1) };
}

/** The weighted squared distances of each sample's distribution function from the pooled one, in one merge of all. */
function midrankStatistic(samples: readonly SortedSample[], total: number): number {
  const positions = new Int32Array(samples.length);
  const sums = new Float64Array(samples.length);
  const tied = new Int32Array(samples.length);
  let below = 0;
  let distinct = 0;
  while (below < total) {
    const tiedTotal = takeSmallest(samples, positions, tied);
    const middle = below + tiedTotal / 2;
    const weight = tiedTotal / total / (middle * (total - middle) - (total * tiedTotal) / 4);
    for (let i = 0; i < samples.length; i++) {
      const own = (positions[i] as number) - (tied[i] as number) / 2;
      const deviation = total * own - middle * (samples[i] as SortedSample).length;
      sums[i] = (sums[i] as number) + weight * deviation * deviation;
    }
    below += tiedTotal;
    distinct++;
  }
  if (distinct < 2) throw new StatisticsError("all values are the same: at least 2 distinct values are needed");
  let statistic = 0;
  for (let i = 0; i < samples.length; i++) statistic += (sums[i] as number) / (samples[i] as SortedSample).length;
  return (statistic * (total - 1)) / total;
}

/** Moves every sample past the least value left, noting how often each has it. */
function takeSmallest(samples: readonly SortedSample[], positions: Int32Array, tied: Int32Array): number {
  let value = Infinity;
  for (let i = 0; i < samples.length; i++) value = Math.min(value, samples[i]?.[positions[i] as number] ?? Infinity);
  let tiedTotal = 0;
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i] as SortedSample;
    const start = positions[i] as number;
    let end = start;
    while (end < sample.length && sample[end] === value) end++;
    positions[i] = end;
    tied[i] = end - start;
    tiedTotal += end - start;
  }
  return tiedTotal;
}

/** Equation 4 of Scholz and Stephens. */
function nullVariance(samples: readonly SortedSample[], total: number): number {
  const k = samples.length;
  const inverseSizes = samples.reduce((sum, sample) => sum + 1 / sample.length, 0);
  let harmonic = 0;
  let g = 0;
  for (let i = 2; i < total; i++) {
    harmonic += 1 / (total - i + 1);
    g += harmonic / i;
  }
  const h = harmonic + 1;
  const a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * inverseSizes;
  const b = (2 * g - 4) * k ** 2 + 8 * h * k + (2 * g - 14 * h - 4) * inverseSizes - 8 * h + 4 * g - 6;
  const c = (6 * h + 2 * g - 2) * k ** 2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * inverseSizes + 4 * h;
  const d = (2 * h + 6) * k ** 2 - 4 * h * k;
  return (((a * total + b) * total + c) * total + d) / ((total - 1) * (total - 2) * (total - 3));
}

/** The least-squares parabola through ln(level) over the critical values, as section 5 of the paper proposes. */
function interpolatedPValue(statistic: number, m: number): number {
  const critical = B0.map((b0, i) => b0 + (B1[i] as number) / Math.sqrt(m) + (B2[i] as number) / m);
  if (statistic < (critical[0] as number)) return LEVELS[0] as number;
  if (statistic > (critical[critical.length - 1] as number)) return LEVELS[LEVELS.length - 1] as number;
  return Math.exp(parabolaThrough(critical, LEVELS.map(Math.log), statistic));
}

/** Least squares by orthogonal polynomials of degree 0, 1 and 2, evaluated at one place. */
function parabolaThrough(x: readonly number[], y: readonly number[], at: number): number {
  const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, a, i) => sum + a * (v[i] as number), 0);
  const mean =
    dot(
      x,
      x.map(() => 1),
    ) / x.length;
  const linear = x.map((value) => value - mean);
  const linearNorm = dot(linear, linear);
  const slope =
    dot(
      linear,
      linear.map((value) => value * value),
    ) / linearNorm;
  const quadratic = linear.map((value) => value * value - slope * value - linearNorm / x.length);
  const place = at - mean;
  return (
    dot(
      y,
      y.map(() => 1),
    ) /
      x.length +
    (dot(y, linear) / linearNorm) * place +
    (dot(y, quadratic) / dot(quadratic, quadratic)) * (place * place - slope * place - linearNorm / x.length)
  );
}
