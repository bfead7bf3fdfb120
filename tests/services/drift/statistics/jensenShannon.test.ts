import fc from "fast-check";
import { countCategories } from "../../../../services/drift/statistics/counts";
import { jensenShannonDistance } from "../../../../services/drift/statistics/jensenShannon";
import { countSorted, quantileBins } from "../../../../services/drift/statistics/quantileBins";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Case<T, E> {
  name: string;
  reference: T[];
  current: T[];
  expected: E;
}

const numeric = readGolden<{ cases: Case<number, { jensen_shannon_same_bins: number }>[] }>("drift_numeric").cases;
const categorical = readGolden<{ cases: Case<string, { jensen_shannon_base2: number }>[] }>("drift_categorical").cases;

test.each(numeric)("scipy's distance over the reference's quantile bins: $name", ({ reference, current, expected }) => {
  const sorted = sortSample(reference);
  const bins = quantileBins(sorted);
  const distance = jensenShannonDistance(countSorted(sorted, bins), countSorted(sortSample(current), bins));
  expectNear(distance, expected.jensen_shannon_same_bins);
});

test.each(categorical)("scipy's distance over categories: $name", ({ reference, current, expected }) => {
  const counts = countCategories(reference, current);
  expectNear(jensenShannonDistance(counts.reference, counts.current), expected.jensen_shannon_base2);
});

test("0 for equal shares, 1 for nothing in common, symmetric, between the two", () => {
  expect(jensenShannonDistance([1, 2], [10, 20])).toBe(0);
  expectNear(jensenShannonDistance([3, 0], [0, 9]), 1, 1e-12);
  const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(50)), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(counts, (pairs) => {
      const p = pairs.map(([a]) => a);
      const q = pairs.map(([, b], i) => b + (i === 0 ? 1 : 0));
      const distance = jensenShannonDistance(p, q);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(jensenShannonDistance(q, p)).toBeCloseTo(distance, 12);
      expectNear(jensenShannonDistance(p, q, Math.E), distance * Math.sqrt(Math.LN2), 1e-9);
    }),
  );
});
