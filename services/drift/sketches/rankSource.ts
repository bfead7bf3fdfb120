import { lowerBound } from "../statistics/samples";
import type { NumericSummary } from "../summary";
import type { NumericSketch } from "./columnSketch";
import type { Ranked } from "./quantileSketch";
import { SketchMismatchError } from "./sketchErrors";

/** A numeric sample of which one can ask how many values lie below a number. */
export interface RankSource {
  readonly count: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Standard deviation over n. */
  readonly deviation: number;
  /** Share of the values by which any answer of `sharesBelow` may be off, for certain. */
  readonly error: number;
  /** Where the distribution function may be asked; between them it is only known to rise. */
  readonly edges: Float64Array;
  /** Whether it may be asked anywhere, being constant between the edges within the error. */
  readonly anywhere: boolean;
  /** Share of the values below each of some ascending numbers: edges, or numbers outside all values. */
  sharesBelow(edges: Float64Array): Float64Array;
}

/** Asks a sketch: its grid when it has one, else its quantiles. @throws {SketchMismatchError} when it has neither. */
export function rankSourceOfSketch(sketch: NumericSketch): RankSource {
  const { grid, quantiles, moments } = sketch;
  const { count, minimum, maximum } = moments;
  const base = { count, minimum, maximum, deviation: Math.sqrt(moments.squaredDeviations / count) };
  if (grid) {
    const sharesBelow = (edges: Float64Array) =>
      grid.countsBelow(edges).map((below, i) => ((edges[i] as number) <= minimum ? 0 : below / count));
    return { ...base, error: 0, edges: grid.grid.edges, anywhere: false, sharesBelow };
  }
  if (!quantiles) throw new SketchMismatchError("A numeric sketch without grid and quantiles has no ranks to ask for.");
  return { ...base, error: quantiles.rankError / count, ...ofRanked(quantiles.ranked()) };
}

/** Asks a stored reference column; a thinned one is off by half a step between the values that it kept. */
export function rankSourceOfSummary({ sorted, count, deviation, edges, rankError = 0 }: NumericSummary): RankSource {
  const step = count / sorted.length;
  const error = (sorted.length < count ? (step / 2 + 1) / count : 0) + rankError;
  // The outer edges are the ends of all values, those of a thinned column lie inside.
  const [minimum, maximum] = [edges[0] as number, edges[edges.length - 1] as number];
  const sharesBelow = (asked: Float64Array) => asked.map((edge) => lowerBound(sorted, edge) / sorted.length);
  return { count, minimum, maximum, deviation, error, edges: sorted, anywhere: true, sharesBelow };
}

function ofRanked({ values, cumulative }: Ranked): Pick<RankSource, "edges" | "anywhere" | "sharesBelow"> {
  const total = cumulative[cumulative.length - 1] as number;
  const below = (edge: number) => {
    const position = lowerBound(values, edge);
    return position === 0 ? 0 : (cumulative[position - 1] as number) / total;
  };
  return { edges: values, anywhere: true, sharesBelow: (edges) => edges.map(below) };
}
