import fc from "fast-check";
import { countSorted, countUnsorted, quantile, quantileBins } from "../../../../services/drift/statistics/quantileBins";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { readGolden } from "../../../support/golden";

interface Golden {
  cases: { name: string; reference: number[]; current: number[]; expected: { bin_edges: number[] } }[];
}

test.each(readGolden<Golden>("drift_numeric").cases)("numpy's quantile edges, to the last bit: $name", (golden) => {
  expect([...quantileBins(sortSample(golden.reference)).edges]).toEqual(golden.expected.bin_edges);
});

test("a quantile lies between its neighbours in order", () => {
  const sorted = sortSample([10, 20, 40]);
  expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantile(sorted, q))).toEqual([10, 15, 20, 30, 40]);
});

test("bins are closed below, open above, the outer two without end; a repeated edge leaves a bin empty", () => {
  const bins = { edges: Float64Array.of(0, 1, 3, 3, 9) };
  const values = [-50, 0, 1, 2.9, 3, 8, 9, 70];
  expect([...countUnsorted(values, bins)]).toEqual([2, 2, 0, 4]);
  expect([...countSorted(sortSample(values), bins)]).toEqual([2, 2, 0, 4]);
});

test("counting sorted and in any order agree, and count every value once", () => {
  const sample = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(sample, sample, fc.integer({ min: 2, max: 30 }), (reference, current, count) => {
      const bins = quantileBins(sortSample(reference), count);
      const counts = countUnsorted(current, bins);
      expect(countSorted(sortSample(current), bins)).toEqual(counts);
      expect(counts.reduce((sum, c) => sum + c, 0)).toBe(current.length);
    }),
  );
});

test("too few bins and values that are not numbers are refused", () => {
  expect(() => quantileBins(sortSample([1, 2]), 1)).toThrow("1 bins asked for: a whole number of at least 2 is needed");
  expect(() => countUnsorted([1, Number.NaN], quantileBins(sortSample([1, 2])))).toThrow(
    "value 1 is NaN: only numbers can be binned",
  );
});
