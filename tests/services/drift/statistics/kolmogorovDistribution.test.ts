import fc from "fast-check";
import {
  kolmogorovLimitSurvival,
  kolmogorovSurvival,
  smirnovSurvival,
} from "../../../../services/drift/statistics/kolmogorovDistribution";
import { expectNear } from "../../../support/numbers";

// Values of scipy.special.kolmogorov, smirnov and scipy.stats.kstwo.sf, 1.17.
test.each([
  [kolmogorovLimitSurvival(0.6), 0.8642827790506042],
  [kolmogorovLimitSurvival(1.7), 0.0061774306344441286],
  [smirnovSurvival(20, 0.3), 0.021533604376327058],
  [smirnovSurvival(200_000, 0.004), 0.0016571064112801276],
])("%p is scipy's value", (actual, expected) => {
  expectNear(actual, expected, 1e-10);
});

test.each([
  [5, 0.15, 0.9988],
  [5, 0.3, 0.664],
  [20, 0.25, 0.13762569836717486],
  [120, 0.1, 0.16946138370670658],
  [500, 0.02, 0.9859871786857471],
  [5000, 0.012, 0.4639912166690192],
  [300_000, 0.0015, 0.5089758973000768],
  [300_000, 0.004, 0.0001350930819402544],
  [10, 0.95, 1.9531250000000172e-13],
  [10, 0.6, 0.0005681672000000003],
])("P(D >= d) of %d values is scipy's at %d", (n, d, expected) => {
  expectNear(kolmogorovSurvival(n, d), expected, 1e-8);
});

test("every form stays in 0..1, falls as d grows, and meets the limit where n is large", () => {
  const sizes = fc.integer({ min: 1, max: 200_000 });
  const scaled = fc.double({ min: 0.05, max: 4, noNaN: true });
  fc.assert(
    fc.property(sizes, scaled, (n, z) => {
      const p = kolmogorovSurvival(n, z / Math.sqrt(n));
      const further = kolmogorovSurvival(n, (z * 1.02) / Math.sqrt(n));
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(further).toBeLessThanOrEqual(p + 1e-9);
      if (n > 10_000) expect(Math.abs(p - kolmogorovLimitSurvival(z))).toBeLessThan(0.01);
    }),
    { numRuns: 200 },
  );
});

test("a distance of nothing is certain and one of all is impossible", () => {
  expect([kolmogorovSurvival(10, 0), kolmogorovSurvival(10, 1)]).toEqual([1, 0]);
  expect([smirnovSurvival(10, 0), smirnovSurvival(10, 1)]).toEqual([1, 0]);
  expect(kolmogorovLimitSurvival(0)).toBe(1);
});
