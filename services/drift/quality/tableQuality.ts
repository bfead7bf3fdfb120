import type { DataSummary } from "../dataSummary";
import type { EventTimesReport, QualityProblem, QualityReport } from "../reportSchema";
import { proportionsZTest } from "../statistics/proportionsZTest";
import { columnQuality, QUALITY_LEVEL } from "./columnQuality";
import { correlationProblems } from "./correlations";
import { eventTimeProblems } from "./eventTimes";
import { percent, problemOf } from "./problem";

const LEAST_RISE = 0.02;

/** Everything unsound about a window beside its reference, failures first; passed while none is a failure. */
export function tableQuality(
  reference: DataSummary,
  current: DataSummary,
  schema: readonly QualityProblem[],
  times: EventTimesReport | undefined,
): QualityReport {
  const problems: QualityProblem[] = [...schema];
  for (const [name, before] of reference.columns) {
    const now = current.columns.get(name);
    if (now) problems.push(...columnQuality(before, now));
  }
  const [was, is] = [reference.profile, current.profile];
  if (was && is) problems.push(...duplicateProblems(was, is), ...correlationProblems(was, is));
  if (times) problems.push(...eventTimeProblems(times));
  problems.sort((a, b) => rank(a) - rank(b) || (b.share ?? 0) - (a.share ?? 0));
  return {
    passed: problems.every(({ level }) => level === "warning"),
    problems,
    ...(is ? { duplicate_rows: is.duplicateRows } : {}),
    ...(times ? { event_times: times } : {}),
  };
}

function rank({ level }: QualityProblem): number {
  return level === "failure" ? 0 : 1;
}

interface Rows {
  readonly rows: number;
  readonly duplicateRows: number;
}

function duplicateProblems(reference: Rows, current: Rows): QualityProblem[] {
  // A table of nothing but texts and embeddings has no rows that could be told apart.
  if (reference.rows === 0 || current.rows === 0) return [];
  const [before, now] = [reference.duplicateRows / reference.rows, current.duplicateRows / current.rows];
  if (now - before < LEAST_RISE) return [];
  const { pValue } = proportionsZTest(reference.duplicateRows, reference.rows, current.duplicateRows, current.rows);
  if (pValue >= QUALITY_LEVEL) return [];
  const message = `${current.duplicateRows} of ${current.rows} rows (${percent(now)}) repeat an earlier one; in the reference ${percent(before)} did.`;
  return [problemOf("duplicate_rows", undefined, now - before, message)];
}
