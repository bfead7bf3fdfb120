import fc from "fast-check";
import { mannWhitney } from "../../../../services/drift/statistics/mannWhitney";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: { name: string; reference: number[]; current: number[]; expected: { mann_whitney_p: number } }[];
}

const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 });

test.each(readGolden<Golden>("drift_numeric").cases)("scipy's normal approximation: $name", (golden) => {
  const result = mannWhitney(sortSample(golden.reference), sortSample(golden.current), "asymptotic");
  expectNear(result.pValue, golden.expected.mann_whitney_p);
});

test("a small sample without ties is exact, otherwise the approximation corrects for ties", () => {
  const a = sortSample([1.1, 2.3, 2.9, 3.3, 4.8, 5.0, 6.1]);
  const b = sortSample([0.4, 2.1, 2.6, 3.0, 3.1, 4.4]);
  expect(mannWhitney(a, b)).toMatchObject({ statistic: 29, method: "exact" });
  expectNear(mannWhitney(a, b).pValue, 0.2948717948717949, 1e-12);
  const tied = mannWhitney(
    sortSample([1, 2, 2, 3, 4, 4, 4, 5, 7, 9]),
    sortSample([2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 9, 12]),
  );
  expect(tied).toMatchObject({ statistic: 35, method: "asymptotic" });
  expectNear(tied.pValue, 0.10353775792978219, 1e-10);
});

test("the exact tail at 30 against 40 values: half the probability lies at or above the middle", () => {
  const a = sortSample(Array.from({ length: 30 }, (_, i) => 3 * i));
  const b = sortSample(Array.from({ length: 40 }, (_, i) => 2.2 * i + 0.1));
  const exact = mannWhitney(a, b, "exact");
  expect(exact.pValue).toBeCloseTo(mannWhitney(a, b, "asymptotic").pValue, 2);
});

test("symmetric, blind to monotone transforms, and sure of nothing when both are the same", () => {
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const [a, b] = [sortSample(x), sortSample(y)];
      const result = mannWhitney(a, b, "asymptotic");
      const swapped = mannWhitney(b, a, "asymptotic");
      expect(swapped.pValue).toBeCloseTo(result.pValue, 12);
      expect(swapped.effectSize).toBeCloseTo(1 - result.effectSize, 12);
      const cubed = [x, y].map((values) => sortSample(values.map((value) => value ** 3)));
      expect(mannWhitney(cubed[0] ?? a, cubed[1] ?? b, "asymptotic")).toEqual(result);
      expect(mannWhitney(a, a)).toMatchObject({ pValue: 1, effectSize: 0.5 });
    }),
  );
});
