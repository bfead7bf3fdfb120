import { ServiceError } from "../../runtime/errors";
import { timeOf } from "../quality/eventTimes";

/** Consecutive rows that are judged together; `to` is exclusive. */
export interface RowWindow {
  readonly label: string;
  readonly rows: Int32Array;
}

const DEFAULT_WINDOWS = 10;
/** Windows of fewer rows are joined to the one before: their intervals would say nothing. */
const LEAST_ROWS = 20;
const DAY_MS = 86_400_000;

/** Rows in windows of equal size, in their order; a short rest joins the last. */
export function windowsOfRows(
  rows: number,
  size = Math.max(LEAST_ROWS, Math.ceil(rows / DEFAULT_WINDOWS)),
): RowWindow[] {
  const windows: RowWindow[] = [];
  for (let from = 0; from < rows; ) {
    const rest = rows - from;
    const taken = rest < size + LEAST_ROWS ? rest : size;
    windows.push({
      label: `rows ${from} to ${from + taken - 1}`,
      rows: Int32Array.from({ length: taken }, (_, i) => from + i),
    });
    from += taken;
  }
  return windows;
}

/** Rows by UTC day, in order of time. @throws {ServiceError} 400 for a time that is none, or too few or many times. */
export function windowsOfDays(times: unknown, rows: number): RowWindow[] {
  if (!Array.isArray(times) || times.length !== rows) {
    const seen = Array.isArray(times) ? `${times.length} values` : JSON.stringify(times)?.slice(0, 60);
    throw new ServiceError(400, "ragged_columns", `times has ${seen} beside ${rows} scores; as many are needed.`);
  }
  const days = new Map<number, number[]>();
  for (const [row, value] of times.entries()) {
    const day = Math.floor(timeOf(value, row, "times") / DAY_MS);
    const found = days.get(day);
    if (found) found.push(row);
    else days.set(day, [row]);
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, found]) => ({
      label: new Date(day * DAY_MS).toISOString().slice(0, 10),
      rows: Int32Array.from(found),
    }));
}
