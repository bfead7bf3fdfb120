import fc from "fast-check";
import { areaUnderCurve } from "../../../../services/drift/statistics/areaUnderCurve";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { expectNear } from "../../../support/numbers";

test("the share of pairs in order, ties counting half, within its interval", () => {
  const negatives = sortSample([0.1, 0.3, 0.35, 0.6]);
  const positives = sortSample([0.3, 0.7, 0.8]);
  const result = areaUnderCurve(negatives, positives);
  expectNear(result.area, (1.5 + 4 + 4) / 12, 1e-12);
  // DeLong's variance: placements 1.5/4, 1, 1 of the positives and 1, 2.5/3, 2/3, 2/3 of the negatives.
  const variance = 0.1302083333333333 / 3 + 0.02546296296296296 / 4;
  expectNear(result.low, result.area - 1.959963984540054 * Math.sqrt(variance), 1e-9);
  expect(result.high).toBe(1);
});

test("a perfect order is 1, the reverse 0, and neither is below the other for the same scores", () => {
  const [low, high] = [sortSample([1, 2, 3, 4, 5]), sortSample([6, 7, 8, 9, 10])];
  expect(areaUnderCurve(low, high)).toMatchObject({ area: 1, low: 1, high: 1 });
  expect(areaUnderCurve(low, high).pValue).toBeLessThan(0.01);
  expect(areaUnderCurve(high, low)).toMatchObject({ area: 0 });
  expect(areaUnderCurve(high, low).pValue).toBeGreaterThan(0.99);
  expect(areaUnderCurve(low, low).area).toBe(0.5);
});

test("swapping the classes mirrors the area and its interval", () => {
  const scores = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 2, maxLength: 30 }).map(sortSample);
  fc.assert(
    fc.property(scores, scores, (a, b) => {
      const [forwards, backwards] = [areaUnderCurve(a, b), areaUnderCurve(b, a)];
      expect(backwards.area).toBeCloseTo(1 - forwards.area, 12);
      expect(backwards.low).toBeCloseTo(1 - forwards.high, 9);
    }),
  );
});

test("one score a class is too few", () => {
  expect(() => areaUnderCurve(sortSample([1]), sortSample([1, 2]))).toThrow(
    "1 negatives and 2 positives: at least 2 of each are needed",
  );
});
