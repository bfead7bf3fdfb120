import { gunzipSync, gzipSync } from "node:zlib";
import { plainValues, type RawColumns } from "../columns";

/** Checked columns as compressed JSON. */
export function encodeBatch(columns: RawColumns): Buffer {
  return gzipSync(
    JSON.stringify(columns, (_, value: unknown) => plainValues(value)),
    { level: 1 },
  );
}

/** Batches one after the other as one table; a column that one of them lacks has nulls there. */
export function joinBatches(batches: readonly Uint8Array[]): Record<string, unknown[]> {
  const joined: Record<string, unknown[]> = {};
  let rows = 0;
  for (const bytes of batches) {
    const columns = JSON.parse(gunzipSync(bytes).toString()) as Record<string, unknown[]>;
    const added = Object.values(columns)[0]?.length ?? 0;
    for (const [name, values] of Object.entries(columns)) {
      joined[name] ??= new Array<unknown>(rows).fill(null);
      const column = joined[name];
      for (const value of values) column.push(value);
    }
    rows += added;
    for (const column of Object.values(joined)) while (column.length < rows) column.push(null);
  }
  return joined;
}
