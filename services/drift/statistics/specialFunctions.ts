const LOG_SQRT_TWO_PI = 0.9189385332046728;
const TINY = 1e-300;
const EPSILON = 1e-16;
const MAX_TERMS = 100_000;

/** Bernoulli terms B(2j) / (2j (2j - 1)) of Stirling's series, j = 1..9 (Abramowitz and Stegun 6.1.40). */
const STIRLING_TERMS = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
] as const;

/** Below this the series is not exact to double precision, so the argument is shifted up to it first. */
const STIRLING_FROM = 12;

function stirlingSeries(x: number): number {
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let j = STIRLING_TERMS.length - 1; j >= 0; j--) sum = sum * inverseSquare + (STIRLING_TERMS[j] as number);
  return sum / x;
}

/** ln Gamma(x) for x > 0, to about 1e-15 of its size (absolute near its zeros 1 and 2). */
export function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < STIRLING_FROM) product *= shifted++;
  return (shifted - 0.5) * Math.log(shifted) - shifted + LOG_SQRT_TWO_PI + stirlingSeries(shifted) - Math.log(product);
}

/**
 * ln Gamma(x + 1) less Stirling's formula (x + 1/2) ln x - x + ln sqrt(2 pi), x > 0: the small part that saddle-point
 * forms keep apart so that nothing large cancels (Loader, "Fast and accurate computation of binomial probabilities", 2000).
 */
export function stirlingError(x: number): number {
  if (x >= STIRLING_FROM) return stirlingSeries(x);
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - LOG_SQRT_TWO_PI;
}

/** ln B(a, b), a and b > 0, without the cancellation of three log gammas when one argument is large. */
export function logBeta(a: number, b: number): number {
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  if (large < STIRLING_FROM) return logGamma(a) + logGamma(b) - logGamma(a + b);
  const ratio =
    (large + small - 0.5) * Math.log1p(small / large) +
    small * Math.log(large) -
    small +
    stirlingSeries(large + small) -
    stirlingSeries(large);
  return logGamma(small) - ratio;
}

/** x^a e^-x / Gamma(a + 1), by the saddle-point form where the plain one would cancel. */
function gammaPrefactor(a: number, x: number): number {
  if (a < STIRLING_FROM) return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  const deviation = (x - a) / a;
  return Math.exp(a * (Math.log1p(deviation) - deviation) - stirlingSeries(a)) / Math.sqrt(2 * Math.PI * a);
}

function lowerGammaSeries(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MAX_TERMS && term > sum * EPSILON; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum * gammaPrefactor(a, x);
}

/** Lentz's evaluation of the continued fraction of Q(a, x) (Abramowitz and Stegun 6.5.31). */
function upperGammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i < MAX_TERMS; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = 1 / (numerator * d + b || TINY);
    c = b + numerator / c || TINY;
    const factor = d * c;
    fraction *= factor;
    if (Math.abs(factor - 1) < EPSILON * 2) break;
  }
  return fraction * a * gammaPrefactor(a, x);
}

/** Regularised lower incomplete gamma P(a, x), a > 0, x >= 0 (Abramowitz and Stegun 6.5). */
export function lowerIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? lowerGammaSeries(a, x) : 1 - upperGammaFraction(a, x);
}

/** Regularised upper incomplete gamma Q(a, x) = 1 - P(a, x), exact in its far tail too. */
export function upperIncompleteGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - lowerGammaSeries(a, x) : upperGammaFraction(a, x);
}

/** Lentz's evaluation of the continued fraction of the incomplete beta (Abramowitz and Stegun 26.5.8). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d || TINY);
    c = 1 + even / c || TINY;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d || TINY);
    c = 1 + odd / c || TINY;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 2) break;
  }
  return fraction;
}

/**
 * Regularised incomplete beta I_x(a, b), a and b > 0. The complement 1 - x is passed by the caller, who usually knows
 * it without cancellation.
 */
export function incompleteBeta(a: number, b: number, x: number, complement = 1 - x): number {
  if (x <= 0) return 0;
  if (complement <= 0) return 1;
  const logX = x < 0.5 ? Math.log(x) : Math.log1p(-complement);
  const logComplement = complement < 0.5 ? Math.log(complement) : Math.log1p(-x);
  const front = Math.exp(a * logX + b * logComplement - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(a, b, x)) / a;
  return 1 - (front * betaFraction(b, a, complement)) / b;
}

/** The error function, to about 1e-15. */
export function erf(x: number): number {
  const magnitude = lowerIncompleteGamma(0.5, x * x);
  return x < 0 ? -magnitude : magnitude;
}

/** 1 - erf(x), exact in its far tail too. */
export function erfc(x: number): number {
  return x < 0 ? 1 + lowerIncompleteGamma(0.5, x * x) : upperIncompleteGamma(0.5, x * x);
}
