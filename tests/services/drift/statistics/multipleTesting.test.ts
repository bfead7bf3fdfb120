import fc from "fast-check";
import { benjaminiHochberg, bonferroni } from "../../../../services/drift/statistics/multipleTesting";

test("scipy's false_discovery_control, and n times each for Bonferroni", () => {
  expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.005])).toEqual([0.02, 0.04, 0.04, 0.02]);
  expect(bonferroni([0.01, 0.5, 0.03])).toEqual([0.03, 1, 0.09]);
  expect(benjaminiHochberg([])).toEqual([]);
});

test("Benjamini-Hochberg lies between the p-values and Bonferroni, and keeps their order", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }), (p) => {
      const adjusted = benjaminiHochberg(p);
      const strict = bonferroni(p);
      for (const [i, value] of p.entries()) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
        expect(adjusted[i]).toBeLessThanOrEqual((strict[i] ?? 0) + 1e-12);
        for (const [j, other] of p.entries())
          if (value <= other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
      }
    }),
  );
});

test("what is no probability is refused", () => {
  expect(() => bonferroni([0.5, 1.2])).toThrow("p-value 1 is 1.2: probabilities lie between 0 and 1");
  expect(() => benjaminiHochberg([Number.NaN])).toThrow("p-value 0 is NaN: probabilities lie between 0 and 1");
});
