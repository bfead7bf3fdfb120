import { proportionsZTest } from "../../../../services/drift/statistics/proportionsZTest";
import { expectNear } from "../../../support/numbers";

test("the statistic is the difference in pooled standard errors, the p-value its two tails", () => {
  const result = proportionsZTest(60, 100, 45, 100);
  expectNear(result.statistic, 0.15 / Math.sqrt(0.525 * 0.475 * 0.02), 1e-12);
  expectNear(result.pValue, 0.03367206885634578, 1e-11);
  expect(proportionsZTest(45, 100, 60, 100)).toEqual({ statistic: -result.statistic, pValue: result.pValue });
});

test("nothing to tell apart: equal shares, all or none", () => {
  for (const [r, n, c, m] of [
    [5, 10, 50, 100],
    [10, 10, 7, 7],
    [0, 10, 0, 7],
  ] as const) {
    expect(proportionsZTest(r, n, c, m)).toEqual({ statistic: 0, pValue: 1 });
  }
});

test("impossible shares are refused", () => {
  expect(() => proportionsZTest(1, 0, 1, 2)).toThrow(
    "the reference has 1 successes of 0: 0 to all of at least 1 are possible",
  );
  expect(() => proportionsZTest(1, 2, 3, 2)).toThrow("the current sample has 3 successes of 2");
});
