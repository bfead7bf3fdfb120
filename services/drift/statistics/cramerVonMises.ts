import { requireSortedSample, type SortedSample } from "./samples";
import { logGamma } from "./specialFunctions";
import { forEachTieGroup } from "./tieGroups";

/** `auto` is exact while both samples have at most 20 values, as scipy has it. */
export type CramerVonMisesMethod = "auto" | "exact" | "asymptotic";

/** The two-sample Cramer-von Mises test. */
export interface CramerVonMisesResult {
  /** Mean squared distance of the distribution functions, scaled by the sizes: Anderson's T. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: Exclude<CramerVonMisesMethod, "auto">;
}

/**
 * Runs the test on two sorted samples of at least 2 values, ties by midranks (Anderson 1962, equations 9 and 10). P-values keep
 * their digits in the far tail, where scipy's 1.17 stop at about 1e-8.
 */
export function cramerVonMises(
  reference: SortedSample,
  current: SortedSample,
  method: CramerVonMisesMethod = "auto",
): CramerVonMisesResult {
  requireSortedSample(reference, "the reference sample", 2);
  requireSortedSample(current, "the current sample", 2);
  const n = reference.length;
  const m = current.length;
  const rankSum = rankDistance(reference, current);
  const statistic = rankSum / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m));
  const chosen = method === "auto" ? (Math.max(n, m) > 20 ? "asymptotic" : "exact") : method;
  const pValue = chosen === "exact" ? exactPValue(rankSum, n, m) : asymptoticPValue(statistic, n, m);
  return { statistic, pValue, method: chosen };
}

/** n times the squared distances of the reference's ranks from 1..n, and so for the current sample. */
function rankDistance(reference: SortedSample, current: SortedSample): number {
  let beforeReference = 0;
  let beforeCurrent = 0;
  let sumReference = 0;
  let sumCurrent = 0;
  forEachTieGroup(reference, current, (countReference, countCurrent) => {
    const rank = beforeReference + beforeCurrent + (countReference + countCurrent + 1) / 2;
    for (let k = 0; k < countReference; k++) sumReference += (rank - ++beforeReference) ** 2;
    for (let k = 0; k < countCurrent; k++) sumCurrent += (rank - ++beforeCurrent) ** 2;
  });
  return reference.length * sumReference + current.length * sumCurrent;
}

/** Anderson's T standardised to the limit's mean and spread, then the limit's tail. */
function asymptoticPValue(statistic: number, n: number, m: number): number {
  const total = n + m;
  const product = n * m;
  const mean = (1 + 1 / total) / 6;
  const variance =
    ((total + 1) * (4 * product * total - 3 * (n * n + m * m) - 2 * product)) / (45 * total ** 2 * 4 * product);
  const scaled = 1 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
  // The limit has no mass below 0.003 in double precision, and the standardised value may be negative.
  if (scaled < 0.003) return 1;
  return scaled < 0.5 ? 1 - limitCdf(scaled) : limitTail(scaled);
}

/**
 * The limit's upper tail without the cancellation of 1 - F: Smirnov's alternating integrals over (2k - 1) pi to 2 k pi
 * (1936), with u = pi (1 - cos theta) / 2, which makes them smooth and periodic so that midpoints converge geometrically.
 */
function limitTail(x: number): number {
  const points = 256;
  let tail = 0;
  for (let k = 1; k <= 3; k++) {
    let integral = 0;
    for (let i = 0; i < points; i++) {
      const theta = ((i + 0.5) * Math.PI) / points;
      const u = (Math.PI * (1 - Math.cos(theta))) / 2;
      const s = (2 * k - 1) * Math.PI + u;
      integral += (Math.exp((-x * s * s) / 2) * Math.sin(theta)) / Math.sqrt(s * Math.sin(u));
    }
    tail += (k % 2 === 1 ? 1 : -1) * integral;
  }
  return (tail * Math.PI) / points;
}

/** Anderson and Darling 1952, in the form of Csorgo and Faraway 1996, equation 1.2. */
function limitCdf(x: number): number {
  let sum = 0;
  for (let k = 0; k < 1000; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const front = Math.exp(logGamma(k + 0.5) - logGamma(k + 1)) / (Math.PI ** 1.5 * Math.sqrt(x));
    const term = front * Math.sqrt(y) * scaledBesselK(q);
    sum += term;
    if (term < 1e-17) break;
  }
  return sum;
}

/** e^-q K(1/4, q), from K's integral over e^(-q cosh t) cosh(t / 4), where the trapezoid rule converges geometrically. */
function scaledBesselK(q: number): number {
  const step = 1 / 16;
  let sum = 0.5 * Math.exp(-2 * q);
  for (let i = 1; i < 400; i++) {
    const t = i * step;
    const term = Math.exp(-q * (1 + Math.cosh(t))) * Math.cosh(t / 4);
    sum += term;
    if (term < sum * 1e-18) break;
  }
  return sum * step;
}

/**
 * Share of all orderings whose statistic is at least this: how often each sum of squared steps occurs on lattice
 * paths (Xiao, Gordon and Yakovlev, "A C++ program for the Cramer-von Mises two-sample test", 2006).
 */
function exactPValue(rankSum: number, n: number, m: number): number {
  const common = leastCommonMultiple(n, m);
  const product = n * m;
  const limit = Math.floor((common ** 2 * (n + m) * (6 * rankSum - product * (4 * product - 1))) / (6 * product ** 2));
  let column: Map<number, number>[] = Array.from({ length: n + 1 }, () => new Map<number, number>());
  column[0]?.set(0, 1);
  for (let u = 0; u <= m; u++) {
    let above = new Map<number, number>();
    column = column.map((before, v) => {
      const step = ((common / n) * v - (common / m) * u) ** 2;
      const reached = new Map<number, number>();
      for (const paths of [above, before]) {
        for (const [sum, ways] of paths) reached.set(sum + step, (reached.get(sum + step) ?? 0) + ways);
      }
      above = reached;
      return reached;
    });
  }
  let extreme = 0;
  let all = 0;
  for (const [sum, ways] of column[n] ?? []) {
    all += ways;
    if (sum >= limit) extreme += ways;
  }
  return extreme / all;
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
