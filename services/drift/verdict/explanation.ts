import type { DataSummary } from "../dataSummary";
import type { ColumnReport, Explanation } from "../reportSchema";
import { movedWords } from "../richVerdict";
import { countsByCategory, countsInBins, distinctTogether } from "../sharedCounts";
import { totalOf } from "../statistics/counts";
import { PSI_SHARE_FLOOR } from "../statistics/populationStabilityIndex";
import type { ColumnSummary } from "../summary";
import { movedSegments } from "./segments";

/** Columns that are explained, and values named of each. */
const EXPLAINED_COLUMNS = 10;
const NAMED_VALUES = 5;

/**
 * What moved each drifted column most: its values or ranges by their part in the population stability index, and the
 * segments of rows in which it moved most. Columns in the order given, at most ten.
 */
export function explain(
  reference: DataSummary,
  current: DataSummary,
  affected: readonly string[],
  columns: ReadonlyMap<string, ColumnReport>,
): Explanation[] {
  const total = affected.reduce((sum, name) => sum + (columns.get(name)?.psi ?? 0), 0);
  return affected.slice(0, EXPLAINED_COLUMNS).flatMap((name) => {
    const values = valuesOf(reference, current, name);
    const psi = columns.get(name)?.psi ?? 0;
    if (!values) return [];
    return [
      {
        feature: name,
        share_of_drift: total > 0 ? psi / total : 0,
        values,
        segments: movedSegments(reference.profile, current.profile, name),
      },
    ];
  });
}

function valuesOf(reference: DataSummary, current: DataSummary, name: string): Explanation["values"] | undefined {
  const [before, now] = [reference.columns.get(name), current.columns.get(name)];
  if (before && now) return movedValues(before, now);
  const [texts, textsNow] = [reference.rich?.get(name), current.rich?.get(name)];
  return texts && textsNow ? movedWords(texts, textsNow) : undefined;
}

function movedValues(reference: ColumnSummary, current: ColumnSummary): Explanation["values"] {
  const counts = countsInBins(reference, current);
  const labels = labelsOf(reference, current);
  const [n, m] = [totalOf(counts.reference), totalOf(counts.current)];
  const moved = counts.reference.map((count, bin) => {
    const [p, q] = [count / n, (counts.current[bin] as number) / m];
    const [floorP, floorQ] = [Math.max(p, PSI_SHARE_FLOOR), Math.max(q, PSI_SHARE_FLOOR)];
    const contribution = (floorP - floorQ) * Math.log(floorP / floorQ);
    return { ...labels[bin], reference_share: p, current_share: q, contribution };
  });
  return moved
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, NAMED_VALUES);
}

/** What each of the shared counts stands for, in their order: a category, a number, or a range open at the ends. */
function labelsOf(reference: ColumnSummary, current: ColumnSummary): { value?: string; from?: number; to?: number }[] {
  const byValue = reference.kind !== "numeric" || distinctTogether(reference, current) <= 5;
  if (byValue && countsByCategory(reference, current)) {
    const before: ReadonlyMap<string | number, number> = reference.counts ?? new Map();
    const now: ReadonlyMap<string | number, number> = current.counts ?? new Map();
    return [...new Set([...before.keys(), ...now.keys()])].map((value) => ({ value: String(value) }));
  }
  if (reference.kind !== "numeric") return [];
  const { edges } = reference;
  return Array.from({ length: edges.length - 1 }, (_, bin) => ({
    ...(bin === 0 ? {} : { from: edges[bin] as number }),
    ...(bin === edges.length - 2 ? {} : { to: edges[bin + 1] as number }),
  }));
}
