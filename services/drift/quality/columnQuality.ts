import { countOutside } from "../numericPair";
import type { QualityProblem } from "../reportSchema";
import { proportionsZTest } from "../statistics/proportionsZTest";
import type { CategoricalSummary, ColumnSummary, NumericSummary } from "../summary";
import { percent, problemOf, warningOf } from "./problem";

/** Chance that sound data is accused by one check of one column. */
export const QUALITY_LEVEL = 0.001;
/** Fewer values than this may well all be equal. */
const CONSTANT_VALUES = 20;
/** A rise of less is of no consequence, however sure. */
const LEAST_RISE = 0.02;
const NAMED = 5;

/** What is unsound in a window's column beside its reference, of the same kind. */
export function columnQuality(reference: ColumnSummary, current: ColumnSummary): QualityProblem[] {
  const problems = [missingValues(reference, current), constant(reference, current)];
  if (reference.kind === "numeric" && current.kind === "numeric") problems.push(range(reference, current));
  if (reference.kind === "categorical" && current.kind === "categorical") {
    problems.push(newCategories(reference, current), lostCategories(reference, current));
  }
  return problems.filter((problem) => problem !== undefined);
}

function missingValues(reference: ColumnSummary, current: ColumnSummary): QualityProblem | undefined {
  const [before, now] = [reference.missing / reference.rows, current.missing / current.rows];
  if (now - before < LEAST_RISE) return undefined;
  const { pValue } = proportionsZTest(reference.missing, reference.rows, current.missing, current.rows);
  if (pValue >= QUALITY_LEVEL) return undefined;
  const message = `"${reference.name}" lacks ${percent(now)} of its values; the reference lacked ${percent(before)}.`;
  return problemOf("missing_values", reference.name, now - before, message);
}

function constant(reference: ColumnSummary, current: ColumnSummary): QualityProblem | undefined {
  if ((current.counts?.size ?? 2) !== 1 || reference.distinct === 1 || current.count < CONSTANT_VALUES)
    return undefined;
  const message = `"${reference.name}" has one value in all ${current.count} rows; the reference had ${reference.distinct}.`;
  return problemOf("constant", reference.name, 1, message);
}

/** Without drift a value falls outside the range of n others with chance 2 / (n + 1). */
function range(reference: NumericSummary, current: NumericSummary): QualityProblem | undefined {
  if (reference.count === 0 || current.count === 0) return undefined;
  const low = reference.sorted[0] as number;
  const high = reference.sorted[reference.sorted.length - 1] as number;
  const outside = countOutside(reference, current);
  const chance = 2 / (reference.sorted.length + 1);
  const expected = current.count * chance;
  // The extremes of the reference are themselves uncertain, hence the wide margin.
  if (outside <= expected + 4 * Math.sqrt(expected + expected ** 2 / 2) + 3) return undefined;
  const { sorted } = current;
  const share = outside / sorted.length;
  const seen = `${sorted[0]} to ${sorted[sorted.length - 1]}`;
  const message = `"${reference.name}" has ${outside} of ${sorted.length} values outside the reference's range ${low} to ${high}: ${seen} now.`;
  return warningOf("out_of_range", reference.name, share, message);
}

function newCategories(reference: CategoricalSummary, current: CategoricalSummary): QualityProblem | undefined {
  const added = [...current.counts].filter(([category]) => !reference.counts.has(category));
  if (added.length === 0) return undefined;
  const rows = added.reduce((sum, [, count]) => sum + count, 0);
  const names = named(added.sort(([, a], [, b]) => b - a).map(([category]) => category));
  const message = `"${reference.name}" has ${added.length} new categories in ${rows} of ${current.count} rows: ${names}.`;
  return warningOf("new_categories", reference.name, rows / current.count, message);
}

/** A category is lost when chance alone would hardly leave it out of a window of this size. */
function lostCategories(reference: CategoricalSummary, current: CategoricalSummary): QualityProblem | undefined {
  const lost = [...reference.counts].filter(([category, count]) => {
    if (current.counts.has(category)) return false;
    return (1 - count / (reference.count + 1)) ** current.count < QUALITY_LEVEL;
  });
  if (lost.length === 0) return undefined;
  const share = lost.reduce((sum, [, count]) => sum + count, 0) / reference.count;
  const names = named(lost.sort(([, a], [, b]) => b - a).map(([category]) => category));
  const message = `"${reference.name}" lacks ${lost.length} categories that were ${percent(share)} of the reference: ${names}.`;
  return warningOf("lost_categories", reference.name, share, message);
}

function named(categories: readonly string[]): string {
  const shown = categories.slice(0, NAMED).map((category) => JSON.stringify(category.slice(0, 60)));
  return categories.length > NAMED ? `${shown.join(", ")} and ${categories.length - NAMED} more` : shown.join(", ");
}
