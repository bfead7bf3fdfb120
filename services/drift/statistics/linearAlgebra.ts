import { StatisticsError } from "./statisticsError";
import { requireRows, type Table } from "./table";

/** The mean of each column. */
export function columnMeans({ values, rows, columns }: Table): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) means[j] = (means[j] as number) + (values[i * columns + j] as number);
  }
  for (let j = 0; j < columns; j++) means[j] = (means[j] as number) / rows;
  return means;
}

/** Covariances of the columns over rows - 1, row-major and symmetric; throws StatisticsError below 2 rows. */
export function covariance(table: Table, means = columnMeans(table)): Float64Array {
  requireRows(table, "the table", 2);
  const { values, rows, columns } = table;
  const sums = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) centred[j] = (values[i * columns + j] as number) - (means[j] as number);
    for (let j = 0; j < columns; j++) {
      const factor = centred[j] as number;
      for (let k = 0; k <= j; k++) {
        sums[j * columns + k] = (sums[j * columns + k] as number) + factor * (centred[k] as number);
      }
    }
  }
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k <= j; k++) {
      const value = (sums[j * columns + k] as number) / (rows - 1);
      sums[j * columns + k] = value;
      sums[k * columns + j] = value;
    }
  }
  return sums;
}

/** A pivot this small beside its own diagonal is rounding, not variance. */
const SINGULAR = 1e-12;

/**
 * The lower triangle L with L L' = matrix, of a symmetric positive definite matrix of `size`. Throws StatisticsError
 * naming the first column that is constant or a combination of those before it.
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = j; i < size; i++) {
      let sum = matrix[i * size + j] as number;
      for (let k = 0; k < j; k++) sum -= (lower[i * size + k] as number) * (lower[j * size + k] as number);
      if (i > j) {
        lower[i * size + j] = sum / (lower[j * size + j] as number);
      } else if (sum > SINGULAR * (matrix[j * size + j] as number)) {
        lower[j * size + j] = Math.sqrt(sum);
      } else {
        throw new StatisticsError(
          `column ${j} is constant or follows from the columns before it: drop it to measure distances`,
        );
      }
    }
  }
  return lower;
}

/** |L^-1 v|^2, by forward substitution into `scratch`. */
export function squaredWhitenedLength(lower: Float64Array, vector: Float64Array, scratch: Float64Array): number {
  const size = vector.length;
  let squared = 0;
  for (let i = 0; i < size; i++) {
    let sum = vector[i] as number;
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] as number) * (scratch[k] as number);
    const value = sum / (lower[i * size + i] as number);
    scratch[i] = value;
    squared += value * value;
  }
  return squared;
}

/** Eigenvalues, largest first, and the unit vectors that belong to them, one a row. */
export interface EigenDecomposition {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Decomposes a symmetric matrix of `size` by Jacobi's rotations (Golub and Van Loan, section 8.5). */
export function symmetricEigen(matrix: Float64Array, size: number): EigenDecomposition {
  const a = Float64Array.from(matrix);
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * size + i] = 1;
  let scale = 0;
  for (const value of a) scale += value * value;
  for (let sweep = 0; sweep < 60; sweep++) {
    let offDiagonal = 0;
    for (let p = 0; p < size; p++) for (let q = 0; q < p; q++) offDiagonal += (a[p * size + q] as number) ** 2;
    if (offDiagonal <= 1e-30 * scale) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, vectors, size, p, q);
  }
  const order = Array.from({ length: size }, (_, i) => i);
  order.sort((i, j) => (a[j * size + j] as number) - (a[i * size + i] as number));
  return {
    values: Float64Array.from(order, (i) => a[i * size + i] as number),
    vectors: Float64Array.from(order.flatMap((i) => [...vectors.subarray(i * size, (i + 1) * size)])),
  };
}

/** Turns the plane of p and q so that their off-diagonal entry vanishes. */
function rotate(a: Float64Array, vectors: Float64Array, size: number, p: number, q: number): void {
  const off = a[p * size + q] as number;
  if (off === 0) return;
  const ratio = ((a[q * size + q] as number) - (a[p * size + p] as number)) / (2 * off);
  const tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < size; k++) {
    const x = a[k * size + p] as number;
    const y = a[k * size + q] as number;
    a[k * size + p] = cosine * x - sine * y;
    a[k * size + q] = sine * x + cosine * y;
  }
  for (const rows of [a, vectors]) {
    for (let k = 0; k < size; k++) {
      const x = rows[p * size + k] as number;
      const y = rows[q * size + k] as number;
      rows[p * size + k] = cosine * x - sine * y;
      rows[q * size + k] = sine * x + cosine * y;
    }
  }
}
