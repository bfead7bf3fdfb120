import fc from "fast-check";
import { solvePositiveDefinite } from "../../../services/training/cholesky";

describe("solvePositiveDefinite", () => {
  it("solves B B' + I, whatever B", () => {
    const size = 4;
    const entry = fc.double({ min: -5, max: 5, noNaN: true });
    const square = fc.array(entry, { minLength: size * size, maxLength: size * size });
    fc.assert(
      fc.property(square, fc.array(entry, { minLength: size, maxLength: size }), (b, expected) => {
        const at = (row: number, column: number) => b[row * size + column] ?? 0;
        const indices = [0, 1, 2, 3];
        const matrix = Float64Array.from(
          indices.flatMap((i) =>
            indices.map((j) => indices.reduce((sum, k) => sum + at(i, k) * at(j, k), i === j ? 1 : 0)),
          ),
        );
        const vector = Float64Array.from(indices, (i) =>
          indices.reduce((sum, j) => sum + (matrix[i * size + j] ?? 0) * (expected[j] ?? 0), 0),
        );
        for (const [i, value] of solvePositiveDefinite(matrix, vector).entries()) {
          expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThan(1e-8);
        }
      }),
    );
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(() => solvePositiveDefinite(Float64Array.of(1, 2, 2, 1), Float64Array.of(1, 1))).toThrow(
      "The matrix is not positive definite: pivot 1 is -3.",
    );
  });
});
