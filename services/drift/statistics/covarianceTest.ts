import { columnMeans } from "./linearAlgebra";
import { indices, SeededRandom } from "./seededRandom";
import { requireRows, requireSameColumns, stackTables, type Table } from "./table";

/** A test that two tables have one covariance. */
export interface CovarianceTestResult {
  /** Frobenius norm of the difference of both covariances. */
  readonly statistic: number;
  /** (1 + permutations that reach it) / (1 + permutations). */
  readonly pValue: number;
  readonly permutations: number;
}

/**
 * Tests equal covariances by permuting rows centred on their own table's mean, so that a shift of means alone does not
 * count, `permutations` (default 99) times from a seed. The centred rows are exchangeable but for the estimated means,
 * which matters little from some tens of rows on. Scale the columns alike first: the widest dominates otherwise.
 */
export function covarianceTest(
  reference: Table,
  current: Table,
  { permutations = 99, seed = 42 }: { permutations?: number; seed?: number } = {},
): CovarianceTestResult {
  requireSameColumns(reference, current);
  requireRows(reference, "the reference", 3);
  requireRows(current, "the current table", 3);
  const products = productsOf(stackTables(centred(reference), centred(current)));
  const order = indices(reference.rows + current.rows);
  const random = new SeededRandom(seed);
  const statistic = gap(products, order, reference.rows);
  let reached = 0;
  for (let i = 0; i < permutations; i++) {
    random.shuffle(order);
    if (gap(products, order, reference.rows) >= statistic) reached++;
  }
  return { statistic, pValue: (1 + reached) / (1 + permutations), permutations };
}

function centred(table: Table): Table {
  const means = columnMeans(table);
  const values = table.values.map((value, i) => value - (means[i % table.columns] as number));
  return { ...table, values };
}

/** Each row's products of two columns: a covariance is then a mean of rows. */
function productsOf({ values, rows, columns }: Table): Table {
  const pairs = (columns * (columns + 1)) / 2;
  const products = new Float64Array(rows * pairs);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const factor = values[i * columns + j] as number;
      for (let k = 0; k <= j; k++) products[at++] = factor * (values[i * columns + k] as number);
    }
  }
  return { values: products, rows, columns: pairs };
}

function gap({ values, rows, columns }: Table, order: Int32Array, split: number): number {
  const difference = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const start = (order[i] as number) * columns;
    const weight = i < split ? -1 / split : 1 / (rows - split);
    for (let j = 0; j < columns; j++)
      difference[j] = (difference[j] as number) + weight * (values[start + j] as number);
  }
  return Math.sqrt(difference.reduce((sum, value) => sum + value * value, 0));
}
