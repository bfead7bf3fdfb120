import { judge } from "../columnVerdict";
import type { Correction } from "../presets";
import type { ColumnReport, CorrectionReport } from "../reportSchema";
import { benjaminiHochberg, bonferroni } from "../statistics/multipleTesting";

/**
 * Corrects the p-values of all columns together and judges them anew, in place of each column's own verdict; distances
 * have none and stay. The report says what was done and what it means.
 */
export function correctColumns(
  columns: ReadonlyMap<string, ColumnReport>,
  method: Correction,
): { columns: Map<string, ColumnReport>; correction: CorrectionReport } {
  const tested = [...columns].flatMap(([name, { p_value }]) => (p_value === undefined ? [] : [{ name, p_value }]));
  const corrected = new Map(columns);
  if (method !== "none") {
    const adjust = method === "bonferroni" ? bonferroni : benjaminiHochberg;
    const adjusted = adjust(tested.map(({ p_value }) => p_value));
    for (const [index, { name }] of tested.entries()) {
      const report = columns.get(name) as ColumnReport;
      const pValue = adjusted[index] as number;
      const { drifted, severity } = judge(report.test, { statistic: report.statistic, pValue }, report.threshold);
      corrected.set(name, { ...report, p_value_corrected: pValue, drifted, severity });
    }
  }
  return { columns: corrected, correction: { method, p_values: tested.length, note: noteOf(method, tested.length) } };
}

function noteOf(method: Correction, tests: number): string {
  if (tests === 0) return "No column was judged by a p-value, so there was nothing to correct.";
  if (method === "bonferroni") {
    return `p-values were multiplied by their number, ${tests}: the chance of any false alarm among them stays below the threshold.`;
  }
  if (method === "benjamini_hochberg") {
    return `${tests} p-values were corrected by Benjamini and Hochberg: of the columns reported, the expected share of false ones stays below the threshold.`;
  }
  return `${tests} p-values were not corrected for their number: without any drift about ${round(tests * 0.05)} would fall below 0.05.`;
}

function round(value: number): number {
  return Number(value.toPrecision(2));
}
