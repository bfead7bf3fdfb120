import {
  choleskyFactor,
  columnMeans,
  covariance,
  squaredWhitenedLength,
  symmetricEigen,
} from "../../../../services/drift/statistics/linearAlgebra";
import { tableOf } from "../../../../services/drift/statistics/table";
import { normalTable } from "../../../support/normalTable";

const table = tableOf([
  [1, 2],
  [3, 4],
  [5, 9],
]);

test("means and covariances over rows - 1", () => {
  expect([...columnMeans(table)]).toEqual([3, 5]);
  expect([...covariance(table)]).toEqual([4, 7, 7, 13]);
  expect(() => covariance(tableOf([[1]]))).toThrow("the table has 1 row(s): at least 2 needed");
});

test("the Cholesky factor rebuilds the matrix, and whitening measures by it", () => {
  const lower = choleskyFactor(Float64Array.of(4, 7, 7, 13), 2);
  expect([...lower]).toEqual([2, 0, 3.5, Math.sqrt(0.75)]);
  // v' A^-1 v with A^-1 = [[13, -7], [-7, 4]] / 3 and v = (1, 2).
  expect(squaredWhitenedLength(lower, Float64Array.of(1, 2), new Float64Array(2))).toBeCloseTo(1 / 3, 12);
});

test("a column that adds nothing is named", () => {
  expect(() => choleskyFactor(Float64Array.of(1, 2, 2, 4), 2)).toThrow(
    "column 1 is constant or follows from the columns before it: drop it to measure distances",
  );
});

test("eigenvectors are orthonormal, rebuild the matrix and come by falling eigenvalue", () => {
  const size = 6;
  const matrix = covariance(normalTable(40, size, 5));
  const { values, vectors } = symmetricEigen(matrix, size);
  for (let i = 0; i < size; i++) {
    if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1] ?? 0);
    for (let j = 0; j < size; j++) {
      let product = 0;
      let rebuilt = 0;
      for (let k = 0; k < size; k++) {
        product += (vectors[i * size + k] ?? 0) * (vectors[j * size + k] ?? 0);
        rebuilt += (values[k] ?? 0) * (vectors[k * size + i] ?? 0) * (vectors[k * size + j] ?? 0);
      }
      expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      expect(rebuilt).toBeCloseTo(matrix[i * size + j] ?? 0, 12);
    }
  }
});
