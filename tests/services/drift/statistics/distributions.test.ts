import fc from "fast-check";
import {
  chiSquareSurvival,
  normalCdf,
  normalQuantile,
  normalSurvival,
  studentTwoSided,
} from "../../../../services/drift/statistics/distributions";
import { expectNear } from "../../../support/numbers";

// Values of scipy.stats 1.17.
test.each([
  [normalSurvival(6), 9.865876450376946e-10],
  [normalCdf(-1.3), 0.09680048458561036],
  [normalQuantile(0.975), 1.959963984540054],
  [normalQuantile(1e-20), -9.262340089798409],
  [chiSquareSurvival(30, 7), 9.495972508134177e-5],
  [studentTwoSided(2.5, 7.3), 0.03965023466560043],
  [studentTwoSided(-40, 3), 3.4380680789158506e-5],
])("%p is scipy's value", (actual, expected) => {
  expectNear(actual, expected, 1e-12);
});

test("the normal quantile undoes its distribution function", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }), (probability) => {
      expect(normalCdf(normalQuantile(probability))).toBeCloseTo(probability, 12);
    }),
  );
});

test("the edges: quantiles of 0 and 1 are infinite, of 2 there is none, no deviation is certain", () => {
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(2)).toBeNaN();
  expect(studentTwoSided(0, 5)).toBe(1);
  expect(studentTwoSided(Infinity, 5)).toBe(0);
  expect(chiSquareSurvival(0, 3)).toBe(1);
});
