import { choleskyFactor, columnMeans, covariance, squaredWhitenedLength } from "./linearAlgebra";
import { requireSameColumns, type Table } from "./table";

/** Where a reference lies and how it spreads: what distances to it are measured by. */
export interface MahalanobisModel {
  readonly mean: Float64Array;
  /** Lower Cholesky factor of the covariance over rows - 1. */
  readonly factor: Float64Array;
}

/** Fits a reference; throws StatisticsError when it has fewer than 2 rows or a column adds nothing to the others. */
export function fitMahalanobis(reference: Table): MahalanobisModel {
  const mean = columnMeans(reference);
  return { mean, factor: choleskyFactor(covariance(reference, mean), reference.columns) };
}

/** Distance of each row from the reference's mean, in its standard deviations along each direction (Mahalanobis 1936). */
export function mahalanobisDistances({ mean, factor }: MahalanobisModel, table: Table): Float64Array {
  const { values, rows, columns } = table;
  requireSameColumns({ values: mean, rows: 1, columns: mean.length }, table);
  const distances = new Float64Array(rows);
  const centred = new Float64Array(columns);
  const scratch = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) centred[j] = (values[i * columns + j] as number) - (mean[j] as number);
    distances[i] = Math.sqrt(squaredWhitenedLength(factor, centred, scratch));
  }
  return distances;
}

/** Distance of a table's mean from the reference's mean: how far the whole has moved. */
export function mahalanobisOfMean(model: MahalanobisModel, current: Table): number {
  const values = columnMeans(current);
  return mahalanobisDistances(model, { values, rows: 1, columns: current.columns })[0] as number;
}
