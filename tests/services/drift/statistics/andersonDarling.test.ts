import fc from "fast-check";
import { andersonDarling } from "../../../../services/drift/statistics/andersonDarling";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { expectNear } from "../../../support/numbers";

const small = sortSample([1, 2, 2, 3, 4, 4, 4, 5, 7, 9]);
const high = sortSample([2, 3, 3, 4, 5, 6, 7, 7, 8, 9, 9, 12]);

// Values of scipy.stats.anderson_ksamp 1.17, variant midrank.
test("scipy's statistic and p-value for two tied samples", () => {
  const result = andersonDarling([small, high]);
  expectNear(result.statistic, 1.0651085773834026, 1e-11);
  expectNear(result.pValue, 0.11871897909405477, 1e-10);
});

test("scipy's statistic for three samples, the p-value held at the end of the table", () => {
  const result = andersonDarling([
    sortSample([1.1, 2.3, 2.9, 3.3, 4.8, 5.0, 6.1]),
    sortSample([0.4, 2.1, 2.6, 3.0, 3.1, 4.4]),
    small,
  ]);
  expectNear(result.statistic, -0.5995650279065111, 1e-11);
  expect(result.pValue).toBe(0.25);
  expect(andersonDarling([small, high.map((value) => value + 100)]).pValue).toBe(0.001);
});

test("the order of samples and monotone transforms change nothing", () => {
  const sample = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(sample, sample, (x, y) => {
      fc.pre(new Set([...x, ...y]).size > 1);
      const result = andersonDarling([sortSample(x), sortSample(y)]);
      expect(andersonDarling([sortSample(y), sortSample(x)]).statistic).toBeCloseTo(result.statistic, 9);
      expect(andersonDarling([x, y].map((v) => sortSample(v.map((value) => value ** 3))))).toEqual(result);
      expect(result.pValue).toBeGreaterThanOrEqual(0.001);
      expect(result.pValue).toBeLessThanOrEqual(0.25);
      expect(andersonDarling([sortSample([...x, 10]), sortSample([...x, 10])]).pValue).toBe(0.25);
    }),
  );
});

test("what cannot be compared is refused", () => {
  expect(() => andersonDarling([small])).toThrow("1 sample(s) given: at least 2 are compared");
  expect(() => andersonDarling([sortSample([1]), sortSample([2])])).toThrow(
    "the samples have 2 values together: at least 4 are needed",
  );
  expect(() => andersonDarling([sortSample([3, 3]), sortSample([3, 3])])).toThrow(
    "all values are the same: at least 2 distinct values are needed",
  );
});
