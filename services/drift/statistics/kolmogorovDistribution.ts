import { logGamma, stirlingError } from "./specialFunctions";

const PI_SQUARED = Math.PI ** 2;
const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/**
 * P(K > z) of Kolmogorov's limiting distribution, z = sqrt(n) D for one sample, sqrt(nm / (n + m)) D for two
 * (Kolmogorov 1933; the theta-function form below z = 1, where the plain series converges slowly).
 */
export function kolmogorovLimitSurvival(z: number): number {
  if (z <= 0) return 1;
  if (z < 1) {
    let cdf = 0;
    for (let k = 1; k <= 9; k += 2) cdf += Math.exp((-k * k * PI_SQUARED) / (8 * z * z));
    return 1 - (SQRT_TWO_PI / z) * cdf;
  }
  let sum = 0;
  for (let k = 6; k >= 1; k--) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * z * z);
  return 2 * sum;
}

/** A sum of more than this many terms is taken in strides; it is smooth and vanishes at both ends, so none is lost. */
const SMIRNOV_MAX_TERMS = 40_000;

/**
 * P(D+ >= d) of the one-sided statistic of n values (Smirnov 1944; Birnbaum and Tingey 1951), each term a binomial
 * probability in Loader's saddle-point form so that n in the millions loses no digits.
 */
export function smirnovSurvival(n: number, d: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  const shift = n * d;
  const last = Math.floor(n - shift);
  const stride = last > SMIRNOV_MAX_TERMS ? Math.ceil(last / (SMIRNOV_MAX_TERMS / 2)) : 1;
  const errorOfN = stirlingError(n);
  let sum = 0;
  for (let v = stride; v <= last; v += stride) {
    const rest = n - v;
    if (rest <= shift) break;
    const exponent =
      errorOfN - stirlingError(v) - stirlingError(rest) + v * Math.log1p(shift / v) + rest * Math.log1p(-shift / rest);
    sum += (Math.exp(exponent) * Math.sqrt(n / (v * rest))) / (d + v / n);
  }
  return Math.min(1, (d * stride * sum) / SQRT_TWO_PI + Math.exp(n * Math.log1p(-d)));
}

/**
 * P(D >= d) of the two-sided one-sample statistic of n values, choosing among exact and asymptotic forms as Simard and
 * L'Ecuyer do ("Computing the two-sided Kolmogorov-Smirnov distribution", 2011). Relative error below 1e-6 throughout.
 */
export function kolmogorovSurvival(n: number, d: number): number {
  if (d <= 0) return 1;
  if (d >= 1) return 0;
  const t = n * d;
  if (t <= 0.5) return 1;
  if (t <= 1) return 1 - Math.exp(logGamma(n + 1) - n * Math.log(n) + n * Math.log(2 * t - 1));
  if (t >= n - 1) return 2 * (1 - d) ** n;
  if (d >= 0.5) return Math.min(1, 2 * smirnovSurvival(n, d));
  const square = t * d;
  if (square >= 400) return 0;
  // Both boundaries are then so rarely crossed together that the doubled one-sided tail is exact to the last digits.
  if (square >= (n <= 140 ? 4 : 2.2)) return 2 * smirnovSurvival(n, d);
  const cdf = n <= 140 || (n <= 100_000 && n * d ** 1.5 <= 1.4) ? durbinCdf(n, d) : pelzGoodCdf(n, d);
  return Math.min(1, Math.max(0, 1 - cdf));
}

/** A square matrix times a power of ten, so that high powers neither overflow nor vanish. */
interface ScaledMatrix {
  values: Float64Array;
  exponent: number;
}

function multiply(a: ScaledMatrix, b: ScaledMatrix, size: number): ScaledMatrix {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a.values[i * size + k] as number;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        values[i * size + j] = (values[i * size + j] as number) + factor * (b.values[k * size + j] as number);
      }
    }
  }
  let exponent = a.exponent + b.exponent;
  const middle = (size - 1) / 2;
  if ((values[middle * size + middle] as number) > 1e140) {
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * 1e-140;
    exponent += 140;
  }
  return { values, exponent };
}

/** Durbin's matrix of order 2k - 1 for d = (k - h) / n, as Marsaglia, Tsang and Wang set it out. */
function durbinMatrix(k: number, h: number): ScaledMatrix {
  const size = 2 * k - 1;
  const values = new Float64Array(size * size);
  const inverseFactorial = [1];
  for (let i = 1; i <= size; i++) inverseFactorial.push((inverseFactorial[i - 1] as number) / i);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      if (i - j + 1 >= 0) values[i * size + j] = inverseFactorial[i - j + 1] as number;
    }
  }
  for (let i = 0; i < size; i++) {
    const edge = (1 - h ** (i + 1)) * (inverseFactorial[i + 1] as number);
    values[i * size] = edge;
    values[(size - 1) * size + (size - 1 - i)] = edge;
  }
  values[(size - 1) * size] =
    (1 - 2 * h ** size + (h > 0.5 ? (2 * h - 1) ** size : 0)) * (inverseFactorial[size] as number);
  return { values, exponent: 0 };
}

/** P(D < d), exactly: Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution", 2003. */
function durbinCdf(n: number, d: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  let square = durbinMatrix(k, k - n * d);
  let power: ScaledMatrix | undefined;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = power ? multiply(power, square, size) : square;
    if (rest > 1) square = multiply(square, square, size);
  }
  const entry = power?.values[(k - 1) * size + (k - 1)] ?? 0;
  const exponent = power?.exponent ?? 0;
  return Math.exp(Math.log(entry) + exponent * Math.LN10 + logGamma(n + 1) - n * Math.log(n));
}

/** P(D < d) by the four-term expansion of Pelz and Good (1976), in powers of 1 / sqrt(n) of theta-like sums. */
function pelzGoodCdf(n: number, d: number): number {
  const z = Math.sqrt(n) * d;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let extra2 = 0;
  let extra3 = 0;
  for (let k = 0; k <= 20; k++) {
    const halfSquare = (k + 0.5) ** 2 * PI_SQUARED;
    const half = Math.exp(-halfSquare / (2 * z2));
    sum0 += half;
    sum1 += (halfSquare - z2) * half;
    sum2 += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * halfSquare + (1 - 2 * z2) * halfSquare ** 2) * half;
    sum3 +=
      (-30 * z6 -
        90 * z6 * z2 +
        (135 * z4 - 96 * z6) * halfSquare +
        (212 * z4 - 60 * z2) * halfSquare ** 2 +
        (5 - 30 * z2) * halfSquare ** 3) *
      half;
    const wholeSquare = k * k * PI_SQUARED;
    const whole = Math.exp(-wholeSquare / (2 * z2));
    extra2 += wholeSquare * whole;
    extra3 += (3 * wholeSquare * z2 - wholeSquare ** 2) * whole;
  }
  // The theta sums run over all integers: twice those from 0 for half-integers, and k = 0 adds nothing to the others.
  const term0 = (SQRT_TWO_PI / z) * sum0;
  const term1 = (SQRT_TWO_PI / (6 * z4)) * sum1;
  const term2 = (SQRT_TWO_PI / (72 * z6 * z)) * sum2 - (SQRT_TWO_PI / (36 * z2 * z)) * extra2;
  const term3 = (SQRT_TWO_PI / (6480 * z6 * z4)) * sum3 + (SQRT_TWO_PI / (216 * z6)) * extra3;
  return term0 + term1 / Math.sqrt(n) + term2 / n + term3 / n ** 1.5;
}
