import { WASSERSTEIN_DEVIATION_FLOOR } from "../statistics/distributionDistance";
import { kolmogorovSurvival } from "../statistics/kolmogorovDistribution";
import { type BinShares, type BoundedScore, mapFalling, mapScore, shareWithin } from "./convexBounds";
import type { RankSource } from "./rankSource";
import { SketchMismatchError } from "./sketchErrors";

/** Both distribution functions just below each of some ascending edges, each to within half of `error`. */
interface Curves {
  readonly edges: Float64Array;
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly error: number;
  /** Whether both are constant between edges; else they are only known to rise. */
  readonly constant: boolean;
}

/** KS statistic and asymptotic p-value; the interval of each holds that of the data. */
export interface BoundedKolmogorovSmirnov {
  readonly statistic: BoundedScore;
  readonly pValue: BoundedScore;
}

/** Two-sample Kolmogorov-Smirnov test: greatest distance of the distribution functions. */
export function sketchKolmogorovSmirnov(reference: RankSource, current: RankSource): BoundedKolmogorovSmirnov {
  const { reference: f, current: g, error, constant } = curvesOf(reference, current);
  let value = 0;
  let high = 0;
  for (let i = 0; i < f.length; i++) {
    const here = Math.abs((f[i] as number) - (g[i] as number));
    value = Math.max(value, here);
    high = Math.max(high, constant ? here : greatestGap(f, g, i));
  }
  const statistic = { value, low: Math.max(0, value - error), high: Math.min(1, high + error) };
  const size = sizeTogether(reference.count, current.count);
  return { statistic, pValue: mapFalling(statistic, (d) => kolmogorovSurvival(size, d)) };
}

/** nm / (n + m), a half rounded to the even neighbour as scipy does. */
function sizeTogether(n: number, m: number): number {
  const harmonic = (n * m) / (n + m);
  const rounded = Math.round(harmonic);
  return Math.max(1, rounded - harmonic === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded);
}

/** First Wasserstein distance, the area between the distribution functions, in the unit of the data. */
export function sketchWasserstein(reference: RankSource, current: RankSource): BoundedScore {
  const { edges, reference: f, current: g, error, constant } = curvesOf(reference, current);
  let value = 0;
  let low = 0;
  let high = 0;
  for (let i = 1; i < edges.length; i++) {
    const width = (edges[i] as number) - (edges[i - 1] as number);
    const after = Math.abs((f[i] as number) - (g[i] as number));
    const before = constant ? after : Math.abs((f[i - 1] as number) - (g[i - 1] as number));
    value += (width * (before + after)) / 2;
    low += width * Math.max(0, (constant ? after : leastGap(f, g, i)) - error);
    high += width * Math.min(1, (constant ? after : greatestGap(f, g, i)) + error);
  }
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** The same in standard deviations of the reference, floored, as Evidently norms it. */
export function sketchNormedWasserstein(reference: RankSource, current: RankSource): BoundedScore {
  const unit = Math.max(reference.deviation, WASSERSTEIN_DEVIATION_FLOOR);
  return mapScore(sketchWasserstein(reference, current), (distance) => distance / unit);
}

/**
 * Shares of both samples in bins of a reference: `edges` are its bins + 1 edges, the outer two open. A share between
 * two edges is off by twice what one rank is.
 */
export function sharesInBins(edges: Float64Array, reference: RankSource, current: RankSource): BinShares[] {
  const inner = edges.subarray(1, edges.length - 1);
  const [p, q] = [reference, current].map((source) => {
    if (!source.anywhere && !inner.every((edge) => source.edges.includes(edge))) {
      throw new SketchMismatchError("The bins' edges are not among those of the grid in which a window was counted.");
    }
    const below = source.sharesBelow(inner);
    return Array.from({ length: inner.length + 1 }, (_, i) => {
      const [from, to] = [i === 0 ? 0 : (below[i - 1] as number), i === inner.length ? 1 : (below[i] as number)];
      const open = i === 0 || i === inner.length;
      return shareWithin(to - from, (open ? 1 : 2) * source.error);
    });
  }) as [BoundedScore[], BoundedScore[]];
  return p.map((share, i) => ({ reference: share, current: q[i] as BoundedScore }));
}

function curvesOf(reference: RankSource, current: RankSource): Curves {
  const constant = reference.anywhere && current.anywhere;
  const minimum = Math.min(reference.minimum, current.minimum);
  const maximum = Math.max(reference.maximum, current.maximum);
  // Where one was counted in a grid, the functions are known at its edges only.
  const own = [reference, current].filter(({ anywhere }) => constant || !anywhere);
  const inside = new Set(own.flatMap(({ edges }) => [...edges]).filter((edge) => edge > minimum && edge < maximum));
  const edges = Float64Array.from([minimum, ...inside, maximum]).sort();
  const [f, g] = [reference.sharesBelow(edges), current.sharesBelow(edges)];
  return { edges, reference: f, current: g, error: reference.error + current.error, constant };
}

/** Greatest distance that two rising functions can have from edge i - 1 up to edge i. */
function greatestGap(f: Float64Array, g: Float64Array, i: number): number {
  const [from, to] = [Math.max(0, i - 1), i];
  return Math.max((f[to] as number) - (g[from] as number), (g[to] as number) - (f[from] as number), 0);
}

/** Least distance that they can have there. */
function leastGap(f: Float64Array, g: Float64Array, i: number): number {
  return Math.max((f[i - 1] as number) - (g[i] as number), (g[i - 1] as number) - (f[i] as number), 0);
}
