import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { PredictionRows } from "./predictionRows";

/** Rows that are handed over in one turn of the event loop, so that predictions go on in between. */
const ROWS_A_TURN = 256;

/**
 * The rows as a Parquet file: `_time` (timestamp with time zone), `_request_id` (text, null when there is none) and a
 * column of doubles for each of `rows.columns`. DuckDB writes it on a thread of its own, in bounded memory; it is loaded
 * at the first use, so that a service without a prediction log does not pay for it.
 */
export async function toParquet(rows: PredictionRows): Promise<Buffer> {
  const { DuckDBDataChunk, DuckDBInstance, DOUBLE, TIMESTAMPTZ, VARCHAR, DuckDBTimestampTZValue } = await import(
    "@duckdb/node-api"
  );
  const folder = await mkdtemp(join(tmpdir(), "tideline-predictions-"));
  const instance = await DuckDBInstance.create(":memory:", { threads: "1", memory_limit: "256MB" });
  try {
    const connection = await instance.connect();
    const columns = rows.columns.map((name) => `"${name.replaceAll('"', '""')}" double`);
    await connection.run(`create table rows (_time timestamptz, _request_id varchar, ${columns.join(", ")})`);
    const appender = await connection.createAppender("rows");
    const types = [TIMESTAMPTZ, VARCHAR, ...rows.columns.map(() => DOUBLE)];
    for (let from = 0; from < rows.length; from += ROWS_A_TURN) {
      const to = Math.min(from + ROWS_A_TURN, rows.length);
      const chunk = DuckDBDataChunk.create(types, to - from);
      const times = rows.times.slice(from, to).map((time) => new DuckDBTimestampTZValue(BigInt(time) * 1000n));
      chunk.setColumnValues(0, times);
      chunk.setColumnValues(
        1,
        rows.ids.slice(from, to).map((id) => (id === "" ? null : id)),
      );
      for (let column = 0; column < rows.columns.length; column++) {
        chunk.setColumnValues(column + 2, rows.values(column, from, to));
      }
      appender.appendDataChunk(chunk);
      await nextTurn();
    }
    appender.closeSync();
    const file = join(folder, "rows.parquet");
    await connection.run(`copy rows to '${file.replaceAll("'", "''")}' (format parquet, compression zstd)`);
    connection.closeSync();
    return await readFile(file);
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
