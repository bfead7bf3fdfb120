import { StatisticsError } from "./statisticsError";

/** Rows of numbers, row after row in one array: value (i, j) is `values[i * columns + j]`. */
export interface Table {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Copies rows into a table; throws StatisticsError when there are none, they are ragged, or a value is not finite. */
export function tableOf(rows: readonly ArrayLike<number>[]): Table {
  const columns = rows[0]?.length ?? 0;
  if (columns === 0) throw new StatisticsError("the table is empty: at least 1 row of 1 column is needed");
  const values = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) {
    if (row.length !== columns) {
      throw new StatisticsError(
        `row ${i} has ${row.length} values and row 0 has ${columns}: rows must be equally long`,
      );
    }
    for (let j = 0; j < columns; j++) {
      const value = row[j] as number;
      if (!Number.isFinite(value)) throw new StatisticsError(`row ${i}, column ${j} is ${value}: only finite numbers`);
      values[i * columns + j] = value;
    }
  }
  return { values, rows: rows.length, columns };
}

/** The rows of one table and then those of another with as many columns. */
export function stackTables(first: Table, second: Table): Table {
  requireSameColumns(first, second);
  const values = new Float64Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { values, rows: first.rows + second.rows, columns: first.columns };
}

/** Throws StatisticsError unless two tables have equally many columns. */
export function requireSameColumns(reference: Table, current: Table): void {
  if (reference.columns !== current.columns) {
    throw new StatisticsError(
      `the reference has ${reference.columns} columns and the current table ${current.columns}: they must be the same`,
    );
  }
}

/** Throws StatisticsError when a table has fewer rows. */
export function requireRows(table: Table, label: string, minimum: number): void {
  if (table.rows < minimum) throw new StatisticsError(`${label} has ${table.rows} row(s): at least ${minimum} needed`);
}

/** Squared Euclidean distance of row i of one table to row j of another with as many columns. */
export function squaredDistance(a: Table, i: number, b: Table, j: number): number {
  const { columns } = a;
  let sum = 0;
  for (let k = 0; k < columns; k++) {
    const difference = (a.values[i * columns + k] as number) - (b.values[j * columns + k] as number);
    sum += difference * difference;
  }
  return sum;
}
