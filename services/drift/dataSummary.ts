import { setImmediate as nextTurn } from "node:timers/promises";
import { type ColumnKind, parseColumns, type RawColumns } from "./columns";
import { type ColumnSummary, summarise } from "./summary";
import { profileTable, type TableProfile } from "./tableProfile";

/**
 * A table brought into the form that comparing needs: a reference or a window, from whatever source. Comparing takes
 * two of these and never the rows, so a window may as well come from a stream's merged sketches, without a profile.
 */
export interface DataSummary {
  /** By name, in the order of the columns. */
  readonly columns: ReadonlyMap<string, ColumnSummary>;
  /** What is said of rows and pairs of columns; what needs it is left out, and said to be, when it is absent. */
  readonly profile?: TableProfile;
}

/** Checks and summarises the columns of a request; kinds that are not stated are told from the values. */
export async function summariseColumns(
  raw: unknown,
  kinds: Readonly<Record<string, ColumnKind>>,
): Promise<DataSummary & { readonly profile: TableProfile }> {
  const columns = new Map<string, ColumnSummary>();
  for (const column of parseColumns(raw, kinds)) {
    columns.set(column.name, summarise(column));
    // Sorting a long column takes a while; other requests, and the probes, are answered in between.
    await nextTurn();
  }
  const found = new Map([...columns].map(([name, { kind }]) => [name, kind]));
  return { columns, profile: profileTable(raw as RawColumns, found) };
}
