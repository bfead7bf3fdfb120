import fc from "fast-check";
import {
  energyDistance,
  normedWassersteinDistance,
  wassersteinDistance,
} from "../../../../services/drift/statistics/distributionDistance";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: {
    name: string;
    reference: number[];
    current: number[];
    expected: { wasserstein: number; wasserstein_normed: number; energy: number };
  }[];
}

const sample = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }).map(sortSample);

test.each(readGolden<Golden>("drift_numeric").cases)("scipy's distances: $name", (golden) => {
  const reference = sortSample(golden.reference);
  const current = sortSample(golden.current);
  expectNear(wassersteinDistance(reference, current), golden.expected.wasserstein);
  expectNear(normedWassersteinDistance(reference, current), golden.expected.wasserstein_normed);
  expectNear(energyDistance(reference, current), golden.expected.energy);
});

test("a reference that hardly varies is normed by the floor", () => {
  expectNear(normedWassersteinDistance(sortSample([3, 3]), sortSample([4])), 1000, 1e-12);
  expectNear(normedWassersteinDistance(sortSample([3, 3]), sortSample([4]), 2), 0.5, 1e-12);
});

test("a shift moves Wasserstein by itself; both are symmetric, not negative, and 0 for the same sample", () => {
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: -9, max: 9 }), (a, b, shift) => {
      expectNear(
        wassersteinDistance(
          a,
          a.map((value) => value + shift),
        ),
        Math.abs(shift),
        1e-9,
      );
      for (const distance of [wassersteinDistance, energyDistance]) {
        expect(distance(a, a)).toBe(0);
        expect(distance(a, b)).toBeGreaterThanOrEqual(0);
        expect(distance(b, a)).toBeCloseTo(distance(a, b), 12);
      }
    }),
  );
});

test("energy distance is the expectation it is defined by", () => {
  fc.assert(
    fc.property(sample, sample, (a, b) => {
      const mean = (x: Float64Array, y: Float64Array) =>
        x.reduce((sum, v) => sum + y.reduce((inner, w) => inner + Math.abs(v - w), 0), 0) / (x.length * y.length);
      const square = 2 * mean(a, b) - mean(a, a) - mean(b, b);
      expect(energyDistance(a, b) ** 2).toBeCloseTo(square, 9);
    }),
  );
});

test("an empty sample is refused", () => {
  expect(() => wassersteinDistance(new Float64Array(0), sortSample([1]))).toThrow(
    "the reference sample has 0 value(s): at least 1 needed",
  );
});
