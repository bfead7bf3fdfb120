import fc from "fast-check";
import { chiSquareContingency, chiSquareGoodnessOfFit } from "../../../../services/drift/statistics/chiSquare";
import { countCategories } from "../../../../services/drift/statistics/counts";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: {
    name: string;
    reference: string[];
    current: string[];
    expected: {
      chi2_contingency: { statistic: number; p_value: number; dof: number };
      chi2_goodness_of_fit_p: number;
    };
  }[];
}

test.each(readGolden<Golden>("drift_categorical").cases)("scipy's tests: $name", (golden) => {
  const { reference, current } = countCategories(golden.reference, golden.current);
  const { chi2_contingency: expected, chi2_goodness_of_fit_p: fit } = golden.expected;
  const contingency = chiSquareContingency(reference, current);
  expectNear(contingency.statistic, expected.statistic);
  expectNear(contingency.pValue, expected.p_value);
  expect(contingency.degreesOfFreedom).toBe(expected.dof);
  expectNear(chiSquareGoodnessOfFit(reference, current).pValue, fit);
});

test("Yates's correction, as scipy applies it to two categories", () => {
  // scipy.stats.chi2_contingency([[12, 5], [3, 9]])
  const corrected = chiSquareContingency([12, 5], [3, 9], { continuity: true });
  expectNear(corrected.statistic, 4.171457749766574, 1e-12);
  expectNear(corrected.pValue, 0.04111041419430694, 1e-10);
  expect(chiSquareContingency([4, 5, 6], [6, 5, 9], { continuity: true })).toEqual(
    chiSquareContingency([4, 5, 6], [6, 5, 9]),
  );
});

test("a category nobody expected is certain drift for the fit, and none for absent ones", () => {
  expect(chiSquareGoodnessOfFit([10, 0], [9, 1])).toMatchObject({ statistic: Infinity, pValue: 0 });
  expect(chiSquareGoodnessOfFit([10, 10, 0], [8, 12, 0]).degreesOfFreedom).toBe(1);
  expect(chiSquareContingency([10, 10, 0], [8, 12, 0])).toEqual(chiSquareContingency([10, 10], [8, 12]));
});

test("one category, or the same shares, is no evidence of drift", () => {
  expect(chiSquareContingency([7], [3])).toMatchObject({ statistic: 0, pValue: 1, degreesOfFreedom: 0 });
  expect(chiSquareGoodnessOfFit([2, 4], [20, 40])).toMatchObject({ statistic: 0, pValue: 1 });
});

test("the order of categories and of samples does not matter to the contingency test", () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })), {
    minLength: 2,
    maxLength: 8,
  });
  fc.assert(
    fc.property(counts, (pairs) => {
      const p = pairs.map(([a]) => a);
      const q = pairs.map(([, b]) => b);
      const forwards = chiSquareContingency(p, q);
      const backwards = chiSquareContingency([...q].reverse(), [...p].reverse());
      expect(backwards.statistic).toBeCloseTo(forwards.statistic, 9);
      expect(forwards.pValue).toBeGreaterThanOrEqual(0);
      expect(forwards.pValue).toBeLessThanOrEqual(1);
    }),
  );
});
