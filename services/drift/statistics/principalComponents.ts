import { columnMeans, covariance, symmetricEigen } from "./linearAlgebra";
import { StatisticsError } from "./statisticsError";
import { requireSameColumns, type Table } from "./table";

/** The directions that carry most of a standardised reference's variance. */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** Standard deviation of each column over n; 1 where it is constant. */
  readonly scale: Float64Array;
  /** Unit vectors, one a row, by falling variance. */
  readonly components: Float64Array;
  readonly count: number;
}

/**
 * Fits the fewest components that explain more than `share` (default 0.65, as NannyML has it) of the variance of the
 * standardised reference; throws StatisticsError when it has fewer than 2 rows.
 */
export function fitPrincipalComponents(reference: Table, share = 0.65): PrincipalComponents {
  if (!(share > 0 && share < 1)) throw new StatisticsError(`share is ${share}: a number between 0 and 1 is needed`);
  const { columns, rows } = reference;
  const mean = columnMeans(reference);
  const matrix = covariance(reference, mean);
  const scale = Float64Array.from({ length: columns }, (_, j) => {
    const variance = ((matrix[j * columns + j] as number) * (rows - 1)) / rows;
    return variance > 0 ? Math.sqrt(variance) : 1;
  });
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < columns; j++) {
      matrix[i * columns + j] = (matrix[i * columns + j] as number) / ((scale[i] as number) * (scale[j] as number));
    }
  }
  const eigen = symmetricEigen(matrix, columns);
  const total = eigen.values.reduce((sum, value) => sum + value, 0);
  let count = 0;
  for (let explained = 0; count < columns && explained <= share * total; count++) {
    explained += eigen.values[count] as number;
  }
  return { mean, scale, components: eigen.vectors.slice(0, count * columns), count };
}

/**
 * What the components do not explain of each row: the length of the standardised row less its projection. It grows
 * when columns stop moving together as they did, even if each still looks the same.
 */
export function reconstructionErrors(model: PrincipalComponents, table: Table): Float64Array {
  const { mean, scale, components, count } = model;
  const { columns, values } = table;
  requireSameColumns({ values: mean, rows: 1, columns: mean.length }, table);
  const errors = new Float64Array(table.rows);
  const residual = new Float64Array(columns);
  for (let i = 0; i < table.rows; i++) {
    for (let j = 0; j < columns; j++) {
      residual[j] = ((values[i * columns + j] as number) - (mean[j] as number)) / (scale[j] as number);
    }
    for (let c = 0; c < count; c++) {
      let projection = 0;
      for (let j = 0; j < columns; j++) projection += (residual[j] as number) * (components[c * columns + j] as number);
      for (let j = 0; j < columns; j++) {
        residual[j] = (residual[j] as number) - projection * (components[c * columns + j] as number);
      }
    }
    let squared = 0;
    for (let j = 0; j < columns; j++) squared += (residual[j] as number) ** 2;
    errors[i] = Math.sqrt(squared);
  }
  return errors;
}
