import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { normalQuantile } from "../../../services/drift/statistics/distributions";
import { SeededRandom } from "../../../services/drift/statistics/seededRandom";

/** One comparison's size; both sides have as many rows. */
export interface TableSize {
  readonly rows: number;
  readonly columns: number;
}

/** Values of a large normal sample that columns draw from: a normal number each time would take longer than the tests. */
const POOL = 1 << 16;

/**
 * Writes a table as doubles, little-endian, column after column. Of each five columns three are normal, one is
 * log-normal and one is a count of 20 values; in the window every third column is shifted, by up to 0.3 deviations.
 */
export function writeTable(path: string, { rows, columns }: TableSize, side: "reference" | "window"): void {
  const random = new SeededRandom(side === "window" ? 2 : 1);
  const pool = Float64Array.from({ length: POOL }, () => normalQuantile(random.uniform() || 0.5));
  const file = openSync(path, "w");
  try {
    for (let column = 0; column < columns; column++) {
      const shift = side === "window" && column % 3 === 0 ? (0.3 * column) / columns : 0;
      const values = new Float64Array(rows);
      for (let i = 0; i < rows; i++) values[i] = draw(column, pool, random) + shift;
      writeSync(file, new Uint8Array(values.buffer));
    }
  } finally {
    closeSync(file);
  }
}

/** Reads such a table into one array a column, in memory of its own. */
export function readTable(path: string, { rows, columns }: TableSize): Record<string, Float64Array> {
  const bytes = readFileSync(path);
  const all = new Float64Array(new Uint8Array(bytes).buffer);
  return Object.fromEntries(
    Array.from({ length: columns }, (_, column) => [`c${column}`, all.slice(column * rows, (column + 1) * rows)]),
  );
}

function draw(column: number, pool: Float64Array, random: SeededRandom): number {
  // Two of the pool added make a normal number that hardly comes twice.
  const normal = ((pool[random.index(POOL)] as number) + (pool[random.index(POOL)] as number)) * Math.SQRT1_2;
  if (column % 5 === 3) return Math.exp(normal);
  return column % 5 === 4 ? Math.max(0, Math.min(19, Math.floor(10 + 4 * normal))) : normal;
}
