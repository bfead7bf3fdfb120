import type { DataSummary } from "../dataSummary";
import type { ColumnReport } from "../reportSchema";
import { type Autocorrelation, autocorrelationOf } from "../statistics/autocorrelation";

/** Weaker ones change p-values too little to speak of. */
const LEAST_LAG1 = 0.1;
const LEVEL = 0.01;

/**
 * Columns of the window whose neighbouring rows resemble each other more than chance would have it over all columns
 * (Bonferroni at 0.01): tests that take rows as independent then find drift too easily.
 */
export function autocorrelatedColumns(
  { profile, columns }: DataSummary,
  tested: ReadonlyMap<string, ColumnReport>,
): Map<string, Autocorrelation> {
  const found = new Map<string, Autocorrelation>();
  for (const [name, lag1] of profile?.lag1 ?? []) {
    if (!tested.has(name)) continue;
    const result = autocorrelationOf(lag1, columns.get(name)?.count ?? 0);
    if (lag1 >= LEAST_LAG1 && result.pValue < LEVEL / tested.size) found.set(name, result);
  }
  return found;
}
