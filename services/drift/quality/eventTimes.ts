import { ServiceError } from "../../runtime/errors";
import type { EventTimesReport, QualityProblem } from "../reportSchema";
import { percent, problemOf } from "./problem";

/** Where a window's rows say when they happened, and how old they may be. */
export interface EventTimeRule {
  readonly column: string;
  readonly maximum_age_seconds: number;
}

/** Below this a number is seconds since 1970, from it on milliseconds: the year 5138 in seconds, 1973 in milliseconds. */
const MILLISECONDS_FROM = 1e11;
/** A clock that runs ahead by less is not spoken of. */
const FUTURE_TOLERANCE_MS = 60_000;

/**
 * How late the rows of a window are, beside `now` (milliseconds since 1970).
 * @throws {ServiceError} 400 `invalid_event_time` naming the row and value that is no time.
 */
export function eventTimes(values: unknown, rule: EventTimeRule, now: number): EventTimesReport {
  if (!Array.isArray(values)) {
    throw new ServiceError(
      400,
      "unknown_column",
      `event_time names the column ${JSON.stringify(rule.column)}, which the window lacks.`,
      { column: rule.column },
    );
  }
  let [late, future, missing] = [0, 0, 0];
  let [oldest, newest] = [Infinity, -Infinity];
  for (const [row, value] of values.entries()) {
    if (value === null) {
      missing++;
      continue;
    }
    const time = timeOf(value, row, rule.column);
    oldest = Math.min(oldest, time);
    newest = Math.max(newest, time);
    if (now - time > rule.maximum_age_seconds * 1000) late++;
    if (time - now > FUTURE_TOLERANCE_MS) future++;
  }
  const known = values.length - missing;
  return {
    column: rule.column,
    maximum_age_seconds: rule.maximum_age_seconds,
    rows: values.length,
    missing,
    late,
    future,
    ...(known > 0 ? { oldest: new Date(oldest).toISOString(), newest: new Date(newest).toISOString() } : {}),
  };
}

/** Late rows, and rows from the future, as problems. */
export function eventTimeProblems(report: EventTimesReport): QualityProblem[] {
  const { column, rows, late, future, maximum_age_seconds: limit } = report;
  const problems: QualityProblem[] = [];
  if (late > 0) {
    const message = `${late} of ${rows} rows (${percent(late / rows)}) are older than ${limit} s by "${column}"; the oldest is of ${report.oldest}.`;
    problems.push(problemOf("late_rows", column, late / rows, message));
  }
  if (future > 0) {
    const message = `${future} of ${rows} rows are in the future by "${column}"; the newest is of ${report.newest}.`;
    problems.push(problemOf("future_rows", column, future / rows, message));
  }
  return problems;
}

/** Milliseconds since 1970 of a time in a request. @throws {ServiceError} 400 `invalid_event_time` */
export function timeOf(value: unknown, row: number, column: string): number {
  const time =
    typeof value === "number"
      ? value * (Math.abs(value) < MILLISECONDS_FROM ? 1000 : 1)
      : typeof value === "string"
        ? Date.parse(value)
        : Number.NaN;
  // Beyond this many milliseconds there is no Date.
  if (Math.abs(time) <= 8.64e15) return time;
  throw new ServiceError(
    400,
    "invalid_event_time",
    `Row ${row} of the event time "${column}" is ${JSON.stringify(value)?.slice(0, 60)}: an ISO 8601 text or seconds since 1970 is expected, or null where it is missing.`,
    { column, row },
  );
}
