import { momentsOf } from "../../../../services/drift/statistics/moments";
import { welchTTest } from "../../../../services/drift/statistics/welchTTest";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: { name: string; reference: number[]; current: number[]; expected: { t_test_welch_p: number } }[];
}

test.each(readGolden<Golden>("drift_numeric").cases)("scipy's p-value: $name", ({ reference, current, expected }) => {
  expectNear(welchTTest(momentsOf(reference), momentsOf(current)).pValue, expected.t_test_welch_p);
});

test("scipy's statistic and degrees of freedom, and Cohen's d", () => {
  const a = momentsOf([1, 2, 2, 3, 4, 4, 4, 5, 7, 9]);
  const b = momentsOf([2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 9, 12]);
  const result = welchTTest(a, b);
  expectNear(result.statistic, -1.8628191951025697, 1e-12);
  expectNear(result.degreesOfFreedom, 19.993804893232404, 1e-12);
  expectNear(
    result.effectSize,
    (a.mean - b.mean) / Math.sqrt((a.squaredDeviations / 9 + b.squaredDeviations / 11) / 2),
    1e-12,
  );
});

test("constant samples are equal for certain or different for certain", () => {
  expect(welchTTest(momentsOf([3, 3]), momentsOf([3, 3, 3]))).toMatchObject({ statistic: 0, pValue: 1, effectSize: 0 });
  expect(welchTTest(momentsOf([3, 3]), momentsOf([4, 4]))).toMatchObject({ statistic: -Infinity, pValue: 0 });
});

test("one value has no spread to judge by", () => {
  expect(() => welchTTest(momentsOf([1, 2]), momentsOf([3]))).toThrow(
    "the current sample has 1 value(s): at least 2 needed",
  );
});
