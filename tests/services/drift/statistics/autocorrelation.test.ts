import { autocorrelationOf, sequenceMoments } from "../../../../services/drift/statistics/autocorrelation";
import { momentsOf } from "../../../../services/drift/statistics/moments";
import { normalTable } from "../../../support/normalTable";

const lagOneCorrelation = (values: ArrayLike<number>) => sequenceMoments(Float64Array.from(values)).lag1;

describe("lag-1 autocorrelation", () => {
  it("is the definition's on a hand-worked sequence", () => {
    // Mean 2, deviations -1, 0, 1, 0: products 0 + 0 + 0, squares 2; then 1, 2, 3, 4: products 0.75 - 0.25 + 0.75, squares 5.
    expect(lagOneCorrelation([1, 2, 3, 2])).toBe(0);
    expect(lagOneCorrelation([1, 2, 3, 4])).toBeCloseTo(0.25, 12);
    expect([lagOneCorrelation([5, 5, 5, 5]), lagOneCorrelation([1, 2])]).toEqual([0, 0]);
  });

  it("sees no pattern in equal values, whatever rounding makes of their mean", () => {
    expect(lagOneCorrelation(new Array(100_001).fill(0.1))).toBe(0);
  });

  it("comes with the moments of any number of values", () => {
    for (let size = 1; size < 12; size++) {
      const values = Float64Array.from({ length: size }, (_, i) => (i * 7) % 5);
      const { count, mean, squaredDeviations } = sequenceMoments(values);
      const exact = momentsOf(values);
      expect(count).toBe(size);
      expect(mean).toBeCloseTo(exact.mean, 12);
      expect(squaredDeviations).toBeCloseTo(exact.squaredDeviations, 12);
    }
  });

  it("is insignificant for independent values at about its level", () => {
    let alarms = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { values } = normalTable(100, 1, seed);
      if (autocorrelationOf(lagOneCorrelation(values), 100).pValue < 0.05) alarms++;
    }
    expect(alarms / 400).toBeLessThan(0.08);
  });

  it("counts fewer independent values the more they resemble each other", () => {
    expect(autocorrelationOf(0.5, 300).effectiveSize).toBeCloseTo(100, 9);
    expect(autocorrelationOf(-0.5, 300).effectiveSize).toBe(300);
    expect(autocorrelationOf(0, 300)).toEqual({ lag1: 0, pValue: 1, effectiveSize: 300 });
  });
});
