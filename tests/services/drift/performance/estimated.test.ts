import { calibrate, estimatePerformance } from "../../../../services/drift/performance/estimated";
import { measurePerformance } from "../../../../services/drift/performance/measured";
import { scoredRows } from "../../../support/scoredRows";

describe("estimatePerformance", () => {
  it("adds up chances by hand", () => {
    const { accuracy, f1, auc } = estimatePerformance(Float64Array.from([0.9, 0.2]), 0.5, undefined);
    expect(accuracy.value).toBeCloseTo((0.9 + 0.8) / 2, 12);
    expect(accuracy.sampling_error).toBeCloseTo(Math.sqrt(0.09 + 0.16) / 2, 12);
    // Expected: 0.9 hits, 1 said, 1.1 positives.
    expect(f1.value).toBeCloseTo(1.8 / 2.1, 12);
    // Pairs: 0.9 over 0.8 of the other, and each beside itself by half, weighted.
    expect(auc?.value).toBeCloseTo((0.2 * 0.4 + 0.9 * (0.8 + 0.05)) / (1.1 * 0.9), 12);
  });

  it("covers what is measured once the truth is known, about 95 times in 100, of calibrated overstating scores", () => {
    const chance = (score: number) => 0.5 + (score - 0.5) / 2;
    const calibration = calibrate(scoredRows(20_000, 1, chance));
    const covered = { accuracy: 0, f1: 0, auc: 0 };
    const runs = 100;
    for (let seed = 0; seed < runs; seed++) {
      const rows = scoredRows(400, 100 + seed, chance);
      const [estimate, truth] = [estimatePerformance(rows.scores, 0.5, calibration), measurePerformance(rows, 0.5)];
      for (const figure of ["accuracy", "f1", "auc"] as const) {
        const [interval, value] = [estimate[figure], truth[figure]?.value ?? Number.NaN];
        if (interval && interval.low <= value && value <= interval.high) covered[figure]++;
      }
    }
    for (const count of Object.values(covered)) expect(count / runs).toBeGreaterThan(0.87);
  });

  it("is far off without calibration, and blind to concept drift, as it says", () => {
    const rows = scoredRows(2000, 3, (score) => 1 - score);
    const estimate = estimatePerformance(rows.scores, 0.5, undefined);
    expect(estimate.accuracy.value).toBeGreaterThan(0.7);
    expect(measurePerformance(rows, 0.5).accuracy.value).toBeLessThan(0.3);
  });

  it("has no area when there is no doubt of one class", () => {
    expect(estimatePerformance(Float64Array.from([0, 0, 0]), 0.5, undefined)).not.toHaveProperty("auc");
  });
});
