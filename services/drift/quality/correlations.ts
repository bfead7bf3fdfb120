import type { QualityProblem } from "../reportSchema";
import { normalSurvival } from "../statistics/distributions";
import { lowerBound, upperBound } from "../statistics/samples";
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

/** Ranks of each column's sampled values, ties at their mean; NaN where missing. */
function ranksOf({ sample }: TableProfile, names: readonly string[]): Float64Array[] {
  return names.map((name) => {
    const values = (sample.get(name)?.values ?? []) as Float64Array;
    const sorted = values.filter((value) => !Number.isNaN(value)).sort();
    return Float64Array.from(values, (value) =>
      Number.isNaN(value) ? Number.NaN : (lowerBound(sorted, value) + upperBound(sorted, value)) / 2,
    );
  });
}

function correlation(
  x: Float64Array | undefined,
  y: Float64Array | undefined,
): { r: number; rows: number } | undefined {
  if (!x || !y) return undefined;
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
