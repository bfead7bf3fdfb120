import fc from "fast-check";
import { areaUnderRoc, classificationMetrics } from "../../../services/training/classificationMetrics";
import { classifierGolden } from "../../support/breastCancer";

const golden = classifierGolden();

describe("classificationMetrics", () => {
  it.each(Object.entries(golden.models))("agrees with scikit-learn on %s", (_, { probabilities, ...expected }) => {
    const found = classificationMetrics(golden.labels, probabilities);
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(found)) {
      expect(Math.abs(value - expected[name as keyof typeof expected])).toBeLessThan(1e-6);
    }
  });

  it("counts pairs for the AUC, ties half", () => {
    const row = fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 8 }));
    const rows = fc.array(row, { minLength: 2, maxLength: 40 });
    const bothClasses = (values: [number, number][]) => new Set(values.map(([label]) => label)).size === 2;
    fc.assert(
      fc.property(rows.filter(bothClasses), (values) => {
        const scoresOf = (label: number) => values.filter(([value]) => value === label).map(([, score]) => score);
        const pairs = scoresOf(1).flatMap((high) =>
          scoresOf(0).map((low) => (high > low ? 1 : high === low ? 0.5 : 0) as number),
        );
        const expected = pairs.reduce((sum, won) => sum + won, 0) / pairs.length;
        const labels = values.map(([label]) => label);
        const scores = values.map(([, score]) => score);
        expect(areaUnderRoc(labels, scores)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("takes shares of nothing as 0", () => {
    expect(classificationMetrics([0, 1], [0.1, 0.2])).toMatchObject({ accuracy: 0.5, precision: 0, recall: 0, f1: 0 });
  });

  it.each([
    [[0, 1], [0.5], "There are 2 labels and 1 probabilities. One of each a row."],
    [[0, 2], [0.5, 0.5], "The label 2 is not allowed. Allowed: 0 or 1."],
    [[0, 1], [0.5, Number.NaN], "The probability NaN is not allowed. Allowed: 0 to 1."],
    [[1, 1], [0.5, 0.5], "All 2 rows have the same class. AUC and recall need rows of both."],
  ])("refuses labels %j with probabilities %j", (labels, probabilities, message) => {
    expect(() => classificationMetrics(labels, probabilities)).toThrow(message);
  });
});
