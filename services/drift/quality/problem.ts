import type { QualityProblem } from "../reportSchema";

/** Shares of rows from which a problem is a failure rather than a warning. */
export const FAILURE_SHARE = 0.1;

/** A warning, or a failure when it concerns at least FAILURE_SHARE of the rows. */
export function problemOf(
  check: QualityProblem["check"],
  column: string | undefined,
  share: number,
  message: string,
): QualityProblem {
  const level = share >= FAILURE_SHARE ? "failure" : "warning";
  return { check, level, ...(column === undefined ? {} : { column }), share, message };
}

/** A warning however many rows it concerns: it may be the world that changed, and not the data that broke. */
export function warningOf(
  check: QualityProblem["check"],
  column: string,
  share: number,
  message: string,
): QualityProblem {
  return { check, level: "warning", column, share, message };
}

/** A share as people read it. */
export function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}
