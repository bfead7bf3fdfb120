import type { ColumnBatch, TableSketch } from "../sketches/tableSketch";
import type { RowValue } from "./eventParser";

/** Rows kept before they go into the sketch together. */
const BATCH_ROWS = 1024;

/** Gathers rows of a window and puts them into its sketch by columns, which is many times faster than one by one. */
export class RowBuffer {
  private rows: (readonly RowValue[])[] = [];

  constructor(private readonly sketch: TableSketch) {}

  add(values: readonly RowValue[]): void {
    this.rows.push(values);
    if (this.rows.length === BATCH_ROWS) this.flush();
  }

  /** The sketch with every row in it. */
  flush(): TableSketch {
    const { rows, sketch } = this;
    if (rows.length === 0) return sketch;
    const batch = new Map<string, ColumnBatch>();
    let position = 0;
    for (const [name, { kind }] of sketch.columns) {
      const values = rows.map((row) => row[position] as RowValue);
      batch.set(name, kind === "numeric" ? Float64Array.from(values as number[]) : (values as (string | null)[]));
      position++;
    }
    sketch.insert(batch);
    this.rows = [];
    return sketch;
  }
}
