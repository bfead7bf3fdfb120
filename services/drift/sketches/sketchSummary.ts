import { countSorted, quantileBins } from "../statistics/quantileBins";
import type { SortedSample } from "../statistics/samples";
import type { ColumnSummary } from "../summary";
import type { CategoricalSketch, ColumnSketch, NumericSketch } from "./columnSketch";
import { HEAVY_HITTERS_CAPACITY } from "./heavyHitters";
import type { Ranked } from "./quantileSketch";
import { SketchFormatError } from "./sketchErrors";

/** Order statistics that a summary takes from a quantile sketch; the sketch itself holds about as many. */
const KEPT = 10_000;

/**
 * A sketch as a reference's summary. Counts, extremes and moments are the sketch's; ranks are off by `rankError`.
 * @throws {SketchFormatError} for a column that a reference cannot be: without values, with values that are no numbers,
 * or of more categories than are counted.
 */
export function summaryOfSketch(name: string, sketch: ColumnSketch): ColumnSummary {
  if (sketch.invalid > 0) {
    throw new SketchFormatError(
      `Column ${JSON.stringify(name)} has ${sketch.invalid} value(s) that are ${sketch.kind === "numeric" ? "no finite numbers up to 1e150" : "longer than a category may be"}. Mend them, or leave the column out.`,
    );
  }
  return sketch.kind === "numeric" ? numbers(name, sketch) : categories(name, sketch);
}

function categories(name: string, { rows, missing, count, categories: found }: CategoricalSketch): ColumnSummary {
  if (found.undercount > 0) {
    throw new SketchFormatError(
      `Column ${JSON.stringify(name)} has more than ${HEAVY_HITTERS_CAPACITY} categories; a column of identifiers or free text cannot be tested. Leave it out.`,
    );
  }
  const counts = new Map(found.top());
  return { kind: "categorical", name, rows, missing, count, distinct: counts.size, counts };
}

function numbers(name: string, sketch: NumericSketch): ColumnSummary {
  const { rows, missing, moments, quantiles } = sketch;
  const { count, mean } = moments;
  if (count === 0) throw new SketchFormatError(`Column ${JSON.stringify(name)} has no value. Leave it out.`);
  const base = { kind: "numeric", name, rows, missing, count, mean } as const;
  const deviation = Math.sqrt(moments.squaredDeviations / count);
  const distinct = sketch.distinctValues();
  const counts = sketch.few.entries();
  if (!counts && !quantiles) throw new SketchFormatError(`Column ${JSON.stringify(name)} has no quantiles.`);
  const ranked = counts ? rankedOf(counts) : (quantiles as NonNullable<typeof quantiles>).ranked();
  const sorted = spread(ranked, counts ? count : Math.min(count, KEPT));
  const edges = Float64Array.of(...quantileBins(sorted).edges);
  edges[0] = moments.minimum;
  edges[edges.length - 1] = moments.maximum;
  const binCounts = countSorted(sorted, { edges }).map((inBin) => (inBin * count) / sorted.length);
  const shape = { ...base, deviation, distinct, sorted, edges, binCounts };
  return counts ? { ...shape, counts } : { ...shape, rankError: (quantiles?.rankError ?? 0) / count };
}

function rankedOf(counts: ReadonlyMap<number, number>): Ranked {
  let total = 0;
  const cumulative = Float64Array.from(counts.values(), (count) => {
    total += count;
    return total;
  });
  return { values: Float64Array.from(counts.keys()), cumulative };
}

/** Evenly spaced order statistics. */
function spread({ values, cumulative }: Ranked, size: number): SortedSample {
  const step = (cumulative[cumulative.length - 1] as number) / size;
  let at = 0;
  return Float64Array.from({ length: size }, (_, i) => {
    while ((cumulative[at] as number) < (i + 0.5) * step) at++;
    return values[at] as number;
  });
}
