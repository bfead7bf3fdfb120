import type { QualityProblem } from "../reportSchema";
import { presentValues } from "../sampleTable";
import { normalSurvival } from "../statistics/distributions";
import { lowerBound } from "../statistics/samples";
import type { TableProfile } from "../tableProfile";
import { QUALITY_LEVEL } from "./columnQuality";

/** Numeric columns whose pairs are compared: pairs grow with the square. */
const COLUMNS = 40;
/** A smaller change is of no consequence, however sure. */
const LEAST_CHANGE = 0.25;
const LEAST_ROWS = 20;
/** Variance of Fisher's z of a rank correlation, times rows - 3 (Fieller, Hartley and Pearson 1957). */
const RANK_VARIANCE = 1.06;
const NAMED = 10;

/**
 * Pairs of numeric columns whose rank correlation changed between both row samples: by at least 0.25, and more than
 * chance would have it over all pairs. The strongest ten; compares the first 40 numeric columns.
 */
export function correlationProblems(reference: TableProfile, current: TableProfile): QualityProblem[] {
  const names = [...reference.sample]
    .filter(([name, { kind }]) => kind === "numeric" && current.sample.get(name)?.kind === "numeric")
    .map(([name]) => name)
    .slice(0, COLUMNS);
  const before = ranksOf(reference, names);
  const now = ranksOf(current, names);
  const pairs = (names.length * (names.length - 1)) / 2;
  const found: { change: number; problem: QualityProblem }[] = [];
  for (let i = 0; i < names.length; i++) {
    for (let j = 0; j < i; j++) {
      const was = correlation(before[i], before[j]);
      const is = correlation(now[i], now[j]);
      if (!was || !is) continue;
      const change = is.r - was.r;
      if (Math.abs(change) < LEAST_CHANGE || pValueOf(was, is) * pairs >= QUALITY_LEVEL) continue;
      const message = `The correlation of "${names[j]}" and "${names[i]}" went from ${was.r.toFixed(2)} to ${is.r.toFixed(2)}.`;
      const problem = { check: "correlation_changed", level: "warning", column: names[i] as string, message } as const;
      found.push({ change: Math.abs(change), problem });
    }
  }
  return found
    .sort((a, b) => b.change - a.change)
    .slice(0, NAMED)
    .map(({ problem }) => problem);
}

/** Ranks of a column's sampled values. */
interface Ranks {
  /** Ties at their mean; NaN where a value is missing. */
  readonly ranks: Float64Array;
  /** The same less their mean and over their length, so that a product of two is their correlation; if none is missing. */
  readonly scores: Float64Array | undefined;
}

/** A stored reference's are asked for again and again. */
const known = new WeakMap<Float64Array, Ranks>();

function ranksOf({ sample }: TableProfile, names: readonly string[]): Ranks[] {
  return names.map((name) => {
    const values = (sample.get(name)?.values ?? new Float64Array()) as Float64Array;
    const found = known.get(values) ?? rank(values);
    known.set(values, found);
    return found;
  });
}

function rank(values: Float64Array): Ranks {
  const sorted = presentValues(values);
  const ends = new Int32Array(sorted.length);
  for (let i = sorted.length - 1, end = sorted.length; i >= 0; i--) {
    ends[i] = end;
    if (i > 0 && sorted[i - 1] !== sorted[i]) end = i;
  }
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const start = lowerBound(sorted, value);
    ranks[i] = (start + (ends[start] as number)) / 2;
  }
  return { ranks, scores: sorted.length === values.length ? scoresOf(ranks) : undefined };
}

function scoresOf(ranks: Float64Array): Float64Array | undefined {
  const mean = ranks.length / 2;
  let squares = 0;
  for (let i = 0; i < ranks.length; i++) squares += ((ranks[i] as number) - mean) ** 2;
  const length = Math.sqrt(squares);
  return squares > 0 ? ranks.map((value) => (value - mean) / length) : undefined;
}

function correlation(a: Ranks | undefined, b: Ranks | undefined): { r: number; rows: number } | undefined {
  if (!a || !b) return undefined;
  const rows = a.ranks.length;
  if (!a.scores || !b.scores) return ofPresent(a.ranks, b.ranks);
  let r = 0;
  for (let i = 0; i < rows; i++) r += (a.scores[i] as number) * (b.scores[i] as number);
  return rows >= LEAST_ROWS ? { r, rows } : undefined;
}

/** Of the rows in which neither is missing. */
function ofPresent(x: Float64Array, y: Float64Array): { r: number; rows: number } | undefined {
  let [rows, meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i] as number, y[i] as number];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    rows++;
    const [stepX, stepY] = [a - meanX, b - meanY];
    meanX += stepX / rows;
    meanY += stepY / rows;
    xx += stepX * (a - meanX);
    yy += stepY * (b - meanY);
    xy += stepX * (b - meanY);
  }
  return rows >= LEAST_ROWS && xx > 0 && yy > 0 ? { r: xy / Math.sqrt(xx * yy), rows } : undefined;
}

function pValueOf(a: { r: number; rows: number }, b: { r: number; rows: number }): number {
  const z = (r: number) => Math.atanh(Math.max(-0.9999, Math.min(0.9999, r)));
  const deviation = Math.sqrt(RANK_VARIANCE / (a.rows - 3) + RANK_VARIANCE / (b.rows - 3));
  return 2 * normalSurvival(Math.abs(z(a.r) - z(b.r)) / deviation);
}
