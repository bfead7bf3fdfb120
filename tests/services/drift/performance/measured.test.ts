import { measurePerformance, wilsonInterval } from "../../../../services/drift/performance/measured";
import { readGolden } from "../../../support/golden";
import { scoredRows } from "../../../support/scoredRows";

interface Golden {
  labels: number[];
  models: Record<string, { probabilities: number[]; accuracy: number; f1: number; auc: number; brier: number }>;
}

describe("measurePerformance", () => {
  it("counts by hand on four rows", () => {
    const rows = { labels: Uint8Array.from([1, 1, 0, 0]), scores: Float64Array.from([0.9, 0.4, 0.6, 0.1]) };
    const { accuracy, f1, auc, brier, positives } = measurePerformance(rows, 0.5);
    expect([accuracy.value, f1.value, auc?.value, positives]).toEqual([0.5, 0.5, 0.75, 2]);
    expect(brier.value).toBeCloseTo((0.01 + 0.36 + 0.36 + 0.01) / 4, 12);
  });

  it("is scikit-learn's on its three models", () => {
    const { labels, models } = readGolden<Golden>("classifier_metrics");
    for (const model of Object.values(models)) {
      const rows = { labels: Uint8Array.from(labels), scores: Float64Array.from(model.probabilities) };
      // scikit-learn calls a tie of both classes, a score of one half, negative.
      const { accuracy, f1, auc, brier } = measurePerformance(rows, 0.5 + 1e-9);
      const found = [accuracy.value, f1.value, auc?.value, brier.value];
      for (const [i, expected] of [model.accuracy, model.f1, model.auc, model.brier].entries()) {
        expect(found[i]).toBeCloseTo(expected, 10);
      }
    }
  });

  it("has no area where only one class occurred", () => {
    const rows = { labels: new Uint8Array(30), scores: new Float64Array(30).fill(0.2) };
    expect(measurePerformance(rows, 0.5)).not.toHaveProperty("auc");
    expect(measurePerformance(rows, 0.5).f1).toEqual({ value: 0, low: 0, high: 0 });
  });

  it("covers the true figures about 95 times in 100, and calls calibrated scores calibrated", () => {
    const truth = measurePerformance(scoredRows(200_000, 999), 0.5);
    const covered = { accuracy: 0, f1: 0, auc: 0, brier: 0, calibrated: 0 };
    const runs = 120;
    for (let seed = 0; seed < runs; seed++) {
      const found = measurePerformance(scoredRows(300, seed), 0.5);
      for (const figure of ["accuracy", "f1", "auc", "brier"] as const) {
        const [interval, value] = [found[figure], truth[figure]?.value ?? Number.NaN];
        if (interval && interval.low <= value && value <= interval.high) covered[figure]++;
      }
      if (found.calibration_p_value > 0.05) covered.calibrated++;
    }
    for (const count of Object.values(covered)) expect(count / runs).toBeGreaterThan(0.87);
  });

  it("notices scores that overstate", () => {
    const rows = scoredRows(600, 1, (score) => 0.5 + (score - 0.5) / 3);
    const found = measurePerformance(rows, 0.5);
    expect(found.calibration_p_value).toBeLessThan(1e-6);
    expect(found.calibration_error).toBeGreaterThan(0.1);
  });
});

describe("wilsonInterval", () => {
  it("is Wilson's at the ends too", () => {
    expect(wilsonInterval(0, 10)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.27754, 4) });
    expect(wilsonInterval(10, 10)).toEqual({ value: 1, low: expect.closeTo(0.72246, 4), high: 1 });
    // statsmodels' proportion_confint(15, 40, method="wilson").
    expect(wilsonInterval(15, 40)).toEqual({
      value: 0.375,
      low: expect.closeTo(0.2422, 3),
      high: expect.closeTo(0.5297, 3),
    });
  });
});
