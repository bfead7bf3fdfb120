import { setImmediate as nextTurn } from "node:timers/promises";
import type { ColumnKind, RawColumns } from "./columns";
import { lagOneCorrelation } from "./statistics/autocorrelation";
import { indices, SeededRandom } from "./statistics/seededRandom";

/** Rows and cells that a sample keeps at most. */
const SAMPLE_ROWS = 1_000;
const SAMPLE_CELLS = 200_000;
/** Which rows a sample takes is fixed, so that the same table gives the same answer. */
const SAMPLE_SEED = 7;

/** A column of a row sample: NaN or null where a value is missing. */
export type SampledColumn =
  | { readonly kind: "numeric"; readonly values: Float64Array }
  | { readonly kind: "categorical"; readonly values: readonly (string | null)[] };

/** What of a table no single column tells: kept beside the columns' summaries, of a stored reference too. */
export interface TableProfile {
  readonly rows: number;
  /** Rows equal to an earlier one in every column, by a 53-bit hash of each row. */
  readonly duplicateRows: number;
  /** Lag-1 correlation of each numeric column's present values in row order. */
  readonly lag1: ReadonlyMap<string, number>;
  /** Rows drawn at random without replacement, in their order; all of a small table. */
  readonly sampledRows: number;
  readonly sample: ReadonlyMap<string, SampledColumn>;
}

/** Profiles checked columns (see parseColumns) of these kinds. */
export async function profileTable(raw: RawColumns, kinds: ReadonlyMap<string, ColumnKind>): Promise<TableProfile> {
  const columns = [...kinds].map(([name, kind]) => ({ name, kind, values: raw[name] as readonly unknown[] }));
  const rows = columns[0]?.values.length ?? 0;
  const picked = pickRows(rows, columns.length);
  const lag1 = new Map<string, number>();
  const sample = new Map<string, SampledColumn>();
  for (const { name, kind, values } of columns) {
    if (kind === "numeric") {
      lag1.set(name, lagOneCorrelation((values as (number | null)[]).filter((value) => value !== null)));
      sample.set(name, { kind, values: Float64Array.from(picked, (row) => numberAt(values, row)) });
    } else if (kind === "categorical") {
      sample.set(name, { kind, values: Array.from(picked, (row) => textAt(values, row)) });
    }
    await nextTurn();
  }
  const duplicateRows = await countDuplicates(
    columns.map(({ values }) => values),
    rows,
  );
  return { rows, duplicateRows, lag1, sampledRows: picked.length, sample };
}

function numberAt(values: readonly unknown[], row: number): number {
  const value = values[row];
  return value === null ? Number.NaN : (value as number);
}

function textAt(values: readonly unknown[], row: number): string | null {
  const value = values[row];
  return value === null ? null : String(value);
}

function pickRows(rows: number, columns: number): Int32Array {
  const wanted = Math.min(rows, SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / Math.max(1, columns)));
  const order = indices(rows);
  if (wanted === rows) return order;
  new SeededRandom(SAMPLE_SEED).shuffle(order, wanted);
  return order.slice(0, wanted).sort();
}

/** Sorting one hash a row needs eight bytes a row, where a set of the rows themselves would hold the table again. */
async function countDuplicates(columns: readonly (readonly unknown[])[], rows: number): Promise<number> {
  const low = new Uint32Array(rows);
  const high = new Uint32Array(rows);
  const number = new Float64Array(1);
  const words = new Uint32Array(number.buffer);
  for (const values of columns) {
    const texts = new Map<unknown, number>();
    for (let row = 0; row < rows; row++) {
      const value = values[row];
      if (typeof value === "number") number[0] = value + 0;
      else {
        // The words of no finite number.
        words[0] = codeOf(texts, value);
        words[1] = 0xfff80001;
      }
      low[row] = mixed(low[row] as number, words[0] as number, words[1] as number);
      high[row] = mixed(high[row] as number, words[1] as number, ~(words[0] as number));
    }
    // A long column takes a while; other requests, and the probes, are answered in between.
    await nextTurn();
  }
  const keys = new Float64Array(rows);
  for (let row = 0; row < rows; row++) keys[row] = ((high[row] as number) & 0x1fffff) * 2 ** 32 + (low[row] as number);
  keys.sort();
  let duplicates = 0;
  for (let i = 1; i < rows; i++) if (keys[i] === keys[i - 1]) duplicates++;
  return duplicates;
}

function codeOf(codes: Map<unknown, number>, value: unknown): number {
  let code = codes.get(value);
  if (code === undefined) {
    code = codes.size;
    codes.set(value, code);
  }
  return code;
}

/** A finaliser in the manner of MurmurHash3 over what was and two new words. */
function mixed(hash: number, first: number, second: number): number {
  let h = Math.imul(hash ^ first, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul((h + 0x9e3779b9) ^ second, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
