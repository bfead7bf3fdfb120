/**
 * Solves A x = b for a symmetric positive definite A by its Cholesky factor.
 * @param matrix A, row-major, n x n; only the lower triangle is read.
 * @param vector b, length n.
 * @throws {RangeError} when A is not positive definite.
 */
export function solvePositiveDefinite(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const factor = factorise(matrix, size);
  const at = (row: number, column: number) => factor[row * size + column] ?? 0;
  const solution = Float64Array.from(vector);
  for (let row = 0; row < size; row++) {
    let rest = solution[row] ?? 0;
    for (let column = 0; column < row; column++) rest -= at(row, column) * (solution[column] ?? 0);
    solution[row] = rest / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = solution[row] ?? 0;
    for (let column = row + 1; column < size; column++) rest -= at(column, row) * (solution[column] ?? 0);
    solution[row] = rest / at(row, row);
  }
  return solution;
}

function factorise(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column] ?? 0;
      for (let k = 0; k < column; k++) rest -= (factor[row * size + k] ?? 0) * (factor[column * size + k] ?? 0);
      if (row !== column) {
        factor[row * size + column] = rest / (factor[column * size + column] ?? 0);
        continue;
      }
      if (!(rest > 0)) throw new RangeError(`The matrix is not positive definite: pivot ${row} is ${rest}.`);
      factor[row * size + row] = Math.sqrt(rest);
    }
  }
  return factor;
}
