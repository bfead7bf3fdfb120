import fc from "fast-check";
import { cramerVonMises } from "../../../../services/drift/statistics/cramerVonMises";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { expectNear } from "../../../support/numbers";

const small = sortSample([1, 2, 2, 3, 4, 4, 4, 5, 7, 9]);
const high = sortSample([2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 9, 12]);

// Values of scipy.stats.cramervonmises_2samp 1.17.
test("scipy's statistic, exact and asymptotic p-values, ties by midranks", () => {
  const exact = cramerVonMises(small, high);
  expect(exact.method).toBe("exact");
  expectNear(exact.statistic, 0.29848484848484835, 1e-12);
  expectNear(exact.pValue, 0.145748987854251, 1e-12);
  expectNear(cramerVonMises(small, high, "asymptotic").pValue, 0.1403770277956039, 1e-7);
});

test("auto is exact up to 20 values a sample", () => {
  const values = Array.from({ length: 21 }, (_, i) => i);
  expect(cramerVonMises(sortSample(values), small).method).toBe("asymptotic");
});

test("the two forms of the limit meet where one takes over, and the tail keeps its digits", () => {
  // 200 against 200 values, the second moved past more and more of the first: p falls without a jump and never to 0.
  const base = Array.from({ length: 200 }, (_, i) => i);
  let before = 1;
  for (let shift = 5; shift <= 195; shift += 5) {
    const { pValue } = cramerVonMises(sortSample(base), sortSample(base.map((value) => value + shift + 0.5)));
    expect(pValue).toBeLessThan(before);
    expect(pValue).toBeGreaterThan(0);
    before = pValue;
  }
  expect(before).toBeLessThan(1e-60);
});

test("symmetric, blind to monotone transforms, and sure of nothing when both are the same", () => {
  const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      const [a, b] = [sortSample(x), sortSample(y)];
      const result = cramerVonMises(a, b, "asymptotic");
      expect(cramerVonMises(b, a, "asymptotic").pValue).toBeCloseTo(result.pValue, 9);
      const cubed = [x, y].map((values) => sortSample(values.map((value) => value ** 3)));
      expect(cramerVonMises(cubed[0] ?? a, cubed[1] ?? b, "asymptotic")).toEqual(result);
      expect(result.pValue).toBeGreaterThanOrEqual(0);
      expect(result.pValue).toBeLessThanOrEqual(1);
      expect(cramerVonMises(a, a, "asymptotic").pValue).toBeGreaterThan(0.99);
    }),
  );
});

test("one value is too few", () => {
  expect(() => cramerVonMises(sortSample([1]), small)).toThrow(
    "the reference sample has 1 value(s): at least 2 needed",
  );
});
