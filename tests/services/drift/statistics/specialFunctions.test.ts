import fc from "fast-check";
import {
  erf,
  erfc,
  incompleteBeta,
  logBeta,
  logGamma,
  lowerIncompleteGamma,
  stirlingError,
  upperIncompleteGamma,
} from "../../../../services/drift/statistics/specialFunctions";
import { expectNear } from "../../../support/numbers";

test("ln Gamma is ln of a factorial at whole numbers and ln sqrt(pi) at one half", () => {
  expectNear(logGamma(11), Math.log(3628800), 1e-14);
  expectNear(logGamma(0.5), Math.log(Math.PI) / 2, 1e-14);
  expectNear(logGamma(171), 706.5730622457874, 1e-14);
});

test("Stirling's error is what is left of ln Gamma(x + 1), small x and large", () => {
  for (const x of [0.5, 3, 11.9, 12.1, 80]) {
    const stirling = (x + 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI);
    expect(stirlingError(x)).toBeCloseTo(logGamma(x + 1) - stirling, 12);
  }
});

test("ln B agrees with its log gammas and keeps its digits where they cancel", () => {
  expectNear(logBeta(3, 4), Math.log(1 / 60), 1e-13);
  // B(a, 1/2) tends to sqrt(pi / a): at a = 1e12 three log gammas would have lost every digit.
  expectNear(logBeta(1e12, 0.5), 0.5 * Math.log(Math.PI / 1e12), 1e-12);
});

// Values of scipy.special 1.17: gammainc, gammaincc, betainc, erfc.
test.each([
  [lowerIncompleteGamma(0.5, 0.3), 0.5614219739190003],
  [lowerIncompleteGamma(50, 30), 0.0005188914625480344],
  [upperIncompleteGamma(2.5, 40), 8.391825114831597e-16],
  [upperIncompleteGamma(50000, 51000), 4.41193925512029e-6],
  [incompleteBeta(2, 3, 0.4), 0.5248],
  [incompleteBeta(400, 0.5, 0.99), 0.004587569593366472],
  [erfc(5), 1.5374597944280349e-12],
  [erfc(-1), 1.8427007929497148],
  [erf(0.25), 0.2763263901682369],
])("%p is scipy's value", (actual, expected) => {
  expectNear(actual, expected, 1e-11);
});

test("the two incomplete gammas, and the two sides of the incomplete beta, sum to 1", () => {
  const positive = fc.double({ min: 0.05, max: 500, noNaN: true });
  fc.assert(
    fc.property(positive, positive, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, x) => {
      expect(lowerIncompleteGamma(a, b) + upperIncompleteGamma(a, b)).toBeCloseTo(1, 12);
      expect(incompleteBeta(a, b, x, 1 - x) + incompleteBeta(b, a, 1 - x, x)).toBeCloseTo(1, 9);
    }),
  );
});

test("the ends of the ranges are exact", () => {
  expect(lowerIncompleteGamma(2, 0)).toBe(0);
  expect(upperIncompleteGamma(2, Infinity)).toBe(0);
  expect(incompleteBeta(2, 3, 0)).toBe(0);
  expect(incompleteBeta(2, 3, 1)).toBe(1);
});
