import type { Explanation } from "../reportSchema";
import { presentValues } from "../sampleTable";
import { countCategories } from "../statistics/counts";
import { populationStabilityIndex } from "../statistics/populationStabilityIndex";
import { countSorted, quantileBins } from "../statistics/quantileBins";
import type { SampledColumn, TableProfile } from "../tableProfile";

/** A column of more values than this does not part rows into segments. */
const SEGMENT_VALUES = 10;
/** Segments of fewer sampled rows, on either side, are too small to speak of. */
const SEGMENT_ROWS = 30;
const NAMED_SEGMENTS = 3;
/** Few bins, because segments are small. */
const SEGMENT_BINS = 4;

/**
 * Segments in which a feature moved most, from both row samples: rows with one value of another column. Worst first by
 * the segment's stability index times its share of the window; none without samples.
 */
export function movedSegments(
  reference: TableProfile | undefined,
  current: TableProfile | undefined,
  feature: string,
): Explanation["segments"] {
  const before = reference?.sample.get(feature);
  const now = current?.sample.get(feature);
  if (!reference || !current || !before || !now) return [];
  const found: (Explanation["segments"][number] & { weight: number })[] = [];
  for (const [column, values] of current.sample) {
    const others = reference.sample.get(column);
    if (column === feature || !others || values.kind !== "categorical" || others.kind !== "categorical") continue;
    const groups = rowsByValue(values.values);
    const groupsBefore = rowsByValue(others.values);
    if (groups.size > SEGMENT_VALUES || groups.size < 2) continue;
    for (const [value, rows] of groups) {
      const rowsBefore = groupsBefore.get(value) ?? [];
      if (Math.min(rows.length, rowsBefore.length) < SEGMENT_ROWS) continue;
      const psi = indexWithin(before, rowsBefore, now, rows);
      const share = rows.length / current.sampledRows;
      found.push({ column, value, psi, current_share: share, sampled_rows: rows.length, weight: psi * share });
    }
  }
  return found
    .sort((a, b) => b.weight - a.weight)
    .slice(0, NAMED_SEGMENTS)
    .map(({ weight: _, ...segment }) => segment);
}

function rowsByValue(values: readonly (string | null)[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    const rows = groups.get(value);
    if (rows) rows.push(row);
    else groups.set(value, [row]);
  }
  return groups;
}

function indexWithin(
  reference: SampledColumn,
  referenceRows: readonly number[],
  current: SampledColumn,
  currentRows: readonly number[],
): number {
  if (reference.kind === "numeric" && current.kind === "numeric") {
    const before = presentValues(Float64Array.from(referenceRows, (row) => reference.values[row] as number));
    const now = presentValues(Float64Array.from(currentRows, (row) => current.values[row] as number));
    if (before.length === 0 || now.length === 0) return 0;
    const bins = quantileBins(before, SEGMENT_BINS);
    return populationStabilityIndex(countSorted(before, bins), countSorted(now, bins));
  }
  const present = ({ values }: SampledColumn, rows: readonly number[]) =>
    rows.map((row) => values[row]).filter((value) => value !== null && value !== undefined);
  const counts = countCategories(present(reference, referenceRows), present(current, currentRows));
  const some = counts.reference.some((count) => count > 0) && counts.current.some((count) => count > 0);
  return some ? populationStabilityIndex(counts.reference, counts.current) : 0;
}
