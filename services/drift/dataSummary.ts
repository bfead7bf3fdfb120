import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError } from "../runtime/errors";
import { type ColumnKind, parseColumns, type RawColumns } from "./columns";
import { type RichKind, type RichSample, sampleRichColumn } from "./richColumns";
import { sequenceMoments } from "./statistics/autocorrelation";
import { type ColumnSummary, summarise } from "./summary";
import { profileTable, type TableProfile } from "./tableProfile";
import { WindowNumbers } from "./windowNumbers";

/**
 * A table brought into the form that comparing needs: a reference or a window, from whatever source. Comparing takes
 * two of these and never the rows, so a window may as well come from a stream's merged sketches, without a profile.
 */
export interface DataSummary {
  /** By name, in the order of the columns. */
  readonly columns: ReadonlyMap<string, ColumnSummary>;
  /** What is said of rows and pairs of columns; what needs it is left out, and said to be, when it is absent. */
  readonly profile?: TableProfile;
  /** Columns of texts and of embeddings. */
  readonly rich?: ReadonlyMap<string, RichSample>;
}

/** Kinds that a request may state. */
export type StatedKind = ColumnKind | RichKind;

/**
 * Checks and summarises the columns of a request; kinds that are not stated are told from the values. A reference is
 * sorted at once, being compared again and again; a window only as far as comparing asks for it.
 */
export async function summariseColumns(
  raw: unknown,
  kinds: Readonly<Record<string, StatedKind>>,
  side: "reference" | "window",
): Promise<DataSummary & { readonly profile: TableProfile }> {
  const { plain, rich, plainKinds } = partColumns(raw, kinds);
  const columns = new Map<string, ColumnSummary>();
  const lag1 = new Map<string, number>();
  if (rich.size === 0 || Object.keys(plain as object).length > 0) {
    for (const column of parseColumns(plain, plainKinds)) {
      if (column.kind === "numeric") {
        const moments = sequenceMoments(column.values);
        lag1.set(column.name, moments.lag1);
        columns.set(column.name, side === "window" ? new WindowNumbers(column, moments) : summarise(column));
      } else columns.set(column.name, summarise(column));
      // Sorting a long column takes a while; other requests, and the probes, are answered in between.
      await nextTurn();
    }
  }
  requireEqualRows(columns, rich);
  const found = new Map([...columns].map(([name, { kind }]) => [name, kind]));
  const profile = await profileTable(plain as RawColumns, found, lag1);
  return { columns, profile, ...(rich.size > 0 ? { rich } : {}) };
}

function partColumns(raw: unknown, kinds: Readonly<Record<string, StatedKind>>) {
  const rich = new Map<string, RichSample>();
  const plainKinds: Record<string, ColumnKind> = {};
  const stated: [string, RichKind][] = [];
  for (const [name, kind] of Object.entries(kinds)) {
    if (kind === "text" || kind === "embedding") stated.push([name, kind]);
    else plainKinds[name] = kind;
  }
  if (stated.length === 0 || typeof raw !== "object" || raw === null) return { plain: raw, rich, plainKinds };
  const plain: Record<string, unknown> = { ...raw };
  for (const [name, kind] of stated) {
    if (!Object.hasOwn(plain, name)) {
      const message = `kinds names the column ${JSON.stringify(name.slice(0, 256))}, which columns lacks.`;
      throw new ServiceError(400, "unknown_column", message, { column: name.slice(0, 256) });
    }
    rich.set(name, sampleRichColumn(name, kind, plain[name]));
    delete plain[name];
  }
  return { plain, rich, plainKinds };
}

function requireEqualRows(columns: ReadonlyMap<string, ColumnSummary>, rich: ReadonlyMap<string, RichSample>): void {
  const [first] = [...columns, ...rich];
  for (const [name, { rows }] of rich) {
    if (first === undefined || (rows > 0 && rows === first[1].rows)) continue;
    throw new ServiceError(
      400,
      rows === 0 ? "empty_data" : "ragged_columns",
      rows === 0
        ? "The columns have no rows; send at least one."
        : `Column ${JSON.stringify(name)} has ${rows} values and column ${JSON.stringify(first[0])} has ${first[1].rows}; all columns need the same number of rows.`,
      { column: name },
    );
  }
}
