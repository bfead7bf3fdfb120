import fc from "fast-check";
import {
  hellingerDistance,
  kullbackLeiblerDivergence,
  totalVariationDistance,
} from "../../../../services/drift/statistics/countDistance";
import { countCategories } from "../../../../services/drift/statistics/counts";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: { name: string; reference: string[]; current: string[]; expected: { total_variation: number } }[];
}

test.each(readGolden<Golden>("drift_categorical").cases)("total variation: $name", (golden) => {
  const { reference, current } = countCategories(golden.reference, golden.current);
  expectNear(totalVariationDistance(reference, current), golden.expected.total_variation);
});

test("Kullback-Leibler is scipy's entropy(p, q), and infinite for what went missing", () => {
  expectNear(kullbackLeiblerDivergence([50, 30, 20], [25, 25, 50]), 0.218011910943328, 1e-12);
  expect(kullbackLeiblerDivergence([1, 1], [2, 0])).toBe(Infinity);
  expectNear(kullbackLeiblerDivergence([2, 0], [1, 1]), Math.LN2, 1e-12);
});

test("Hellinger is the root of what the overlap lacks to 1", () => {
  expectNear(hellingerDistance([1, 3], [2, 2]), Math.sqrt(1 - Math.sqrt(0.125) - Math.sqrt(0.375)), 1e-12);
  expect(hellingerDistance([1, 0], [0, 5])).toBe(1);
});

test("0 for equal shares, never negative, ordered: Hellinger squared <= total variation <= root 2 Hellinger", () => {
  const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(counts, (pairs) => {
      const p = pairs.map(([a]) => a);
      const q = pairs.map(([, b]) => b);
      const hellinger = hellingerDistance(p, q);
      const variation = totalVariationDistance(p, q);
      expect(hellinger ** 2).toBeLessThanOrEqual(variation + 1e-12);
      expect(variation).toBeLessThanOrEqual(Math.SQRT2 * hellinger + 1e-12);
      expect(hellingerDistance(q, p)).toBeCloseTo(hellinger, 12);
      expect(totalVariationDistance(q, p)).toBeCloseTo(variation, 12);
      expect(kullbackLeiblerDivergence(p, q)).toBeGreaterThanOrEqual(0);
      for (const distance of [hellingerDistance, totalVariationDistance, kullbackLeiblerDivergence]) {
        expect(
          distance(
            p,
            p.map((count) => count * 3),
          ),
        ).toBeCloseTo(0, 12);
      }
    }),
  );
});
