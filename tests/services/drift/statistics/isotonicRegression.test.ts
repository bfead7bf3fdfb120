import fc from "fast-check";
import { fitIsotonic, isotonicAt } from "../../../../services/drift/statistics/isotonicRegression";

describe("isotonic regression", () => {
  it("pools violators, as scikit-learn does", () => {
    // IsotonicRegression().fit([1, 2, 3, 4, 5], [1, 3, 2, 4, 3]): 1, 2.5, 2.5, 3.5, 3.5.
    const fit = fitIsotonic([5, 1, 3, 2, 4], [3, 1, 2, 3, 4]);
    expect([0, 1, 2, 3, 4, 5, 9].map((x) => isotonicAt(fit, x))).toEqual([1, 1, 2.5, 2.5, 3.5, 3.5, 3.5]);
  });

  it("never falls, gives equal inputs one value, and keeps the mean", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 1 })), { minLength: 1 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const fit = fitIsotonic(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y),
        );
        for (let i = 1; i < fit.values.length; i++) {
          expect(fit.values[i]).toBeGreaterThan(fit.values[i - 1] as number);
          expect(fit.starts[i]).toBeGreaterThan(fit.starts[i - 1] as number);
        }
        const sum = pairs.reduce((total, [x]) => total + isotonicAt(fit, x), 0);
        expect(sum).toBeCloseTo(
          pairs.reduce((total, [, y]) => total + y, 0),
          9,
        );
      }),
      { numRuns: 200 },
    );
  });

  it("refuses unequal lengths", () => {
    expect(() => fitIsotonic([1], [])).toThrow("1 inputs and 0 targets: as many of each are needed");
  });
});
