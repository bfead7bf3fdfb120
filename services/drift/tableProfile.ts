import { setImmediate as nextTurn } from "node:timers/promises";
import type { ColumnKind, RawColumns } from "./columns";
import { indices, SeededRandom } from "./statistics/seededRandom";
import { sortNumbers } from "./statistics/sortNumbers";

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

type Values = readonly unknown[] | Float64Array;

/** Profiles checked columns (see parseColumns) of these kinds; `lag1` of the numeric ones is passed on. */
export async function profileTable(
  raw: RawColumns,
  kinds: ReadonlyMap<string, ColumnKind>,
  lag1: ReadonlyMap<string, number>,
): Promise<TableProfile> {
  const columns = [...kinds].map(([name, kind]) => ({ name, kind, values: raw[name] as Values }));
  const rows = columns[0]?.values.length ?? 0;
  const picked = pickRows(rows, columns.length);
  const sample = new Map<string, SampledColumn>();
  for (const { name, kind, values } of columns) {
    if (kind === "numeric") {
      sample.set(name, { kind, values: numbersAt(values, picked) });
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

function numbersAt(values: Values, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = (values[rows[i] as number] as number | null) ?? Number.NaN;
  return picked;
}

function textAt(values: Values, row: number): string | null {
  const value = values[row];
  return value === null || Number.isNaN(value) ? null : String(value);
}

function pickRows(rows: number, columns: number): Int32Array {
  const wanted = Math.min(rows, SAMPLE_ROWS, Math.floor(SAMPLE_CELLS / Math.max(1, columns)));
  const order = indices(rows);
  if (wanted === rows) return order;
  new SeededRandom(SAMPLE_SEED).shuffle(order, wanted);
  return order.slice(0, wanted).sort();
}

/** Columns that are looked at before it is asked which rows are still alike. */
const COLUMNS_AT_ONCE = 4;

/**
 * Rows are told apart by a hash that takes in column after column; a row that is alone with its hash needs no further
 * look, which in most tables leaves nothing to be done after the first columns.
 */
async function countDuplicates(columns: readonly Values[], rows: number): Promise<number> {
  let alike = indices(rows);
  let hashes = new RowHashes(rows);
  for (let next = 0; next < columns.length && alike.length > 1; next += COLUMNS_AT_ONCE) {
    for (const values of columns.slice(next, next + COLUMNS_AT_ONCE)) {
      hashes.add(values, alike);
      // A long column takes a while; other requests, and the probes, are answered in between.
      await nextTurn();
    }
    if (next + COLUMNS_AT_ONCE >= columns.length) break;
    const kept = hashes.repeated();
    alike = alike.filter((_, i) => kept[i] === 1);
    hashes = hashes.only(kept, alike.length);
  }
  return columns.length === 0 ? 0 : hashes.duplicates();
}

/** A 53-bit hash for each of some rows. */
class RowHashes {
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;

  constructor(size: number) {
    this.low = new Uint32Array(size);
    this.high = new Uint32Array(size);
  }

  /** Takes in a column's values at some rows, one for each hash. */
  add(values: Values, at: Int32Array): void {
    const { low, high } = this;
    const number = new Float64Array(1);
    const words = new Uint32Array(number.buffer);
    const texts = new Map<unknown, number>();
    for (let i = 0; i < at.length; i++) {
      const value = values[at[i] as number];
      if (typeof value === "number") number[0] = value + 0;
      else {
        // The words of no finite number.
        words[0] = codeOf(texts, value);
        words[1] = 0xfff80001;
      }
      low[i] = mixed(low[i] as number, words[0] as number, words[1] as number);
      high[i] = mixed(high[i] as number, words[1] as number, ~(words[0] as number));
    }
  }

  /** How many are equal to one before. */
  duplicates(): number {
    const keys = sortNumbers(this.keys());
    let duplicates = 0;
    for (let i = 1; i < keys.length; i++) if (keys[i] === keys[i - 1]) duplicates++;
    return duplicates;
  }

  /** 1 where a hash is there more than once. */
  repeated(): Uint8Array {
    const keys = this.keys();
    const sorted = sortNumbers(keys);
    const several = new Set<number>();
    for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) several.add(sorted[i] as number);
    const repeated = new Uint8Array(keys.length);
    if (several.size > 0) for (let i = 0; i < keys.length; i++) repeated[i] = several.has(keys[i] as number) ? 1 : 0;
    return repeated;
  }

  /** Those marked, of which there are `size`. */
  only(marked: Uint8Array, size: number): RowHashes {
    const kept = new RowHashes(size);
    let next = 0;
    for (let i = 0; i < marked.length; i++) {
      if (marked[i] === 0) continue;
      kept.low[next] = this.low[i] as number;
      kept.high[next] = this.high[i] as number;
      next++;
    }
    return kept;
  }

  private keys(): Float64Array {
    const keys = new Float64Array(this.low.length);
    for (let i = 0; i < keys.length; i++) {
      keys[i] = ((this.high[i] as number) & 0x1fffff) * 2 ** 32 + (this.low[i] as number);
    }
    return keys;
  }
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
