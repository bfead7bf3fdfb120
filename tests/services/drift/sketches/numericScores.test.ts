import fc from "fast-check";
import { parseColumns } from "../../../../services/drift/columns";
import { NumericSketch } from "../../../../services/drift/sketches/columnSketch";
import type { BoundedScore } from "../../../../services/drift/sketches/convexBounds";
import { boundedJensenShannon, boundedPsi } from "../../../../services/drift/sketches/countScores";
import {
  sharesInBins,
  sketchKolmogorovSmirnov,
  sketchNormedWasserstein,
  sketchWasserstein,
} from "../../../../services/drift/sketches/numericScores";
import {
  type RankSource,
  rankSourceOfSketch,
  rankSourceOfSummary,
} from "../../../../services/drift/sketches/rankSource";
import { gridOfSummary } from "../../../../services/drift/sketches/referenceGrid";
import {
  normedWassersteinDistance,
  wassersteinDistance,
} from "../../../../services/drift/statistics/distributionDistance";
import { jensenShannonDistance } from "../../../../services/drift/statistics/jensenShannon";
import { kolmogorovSmirnov } from "../../../../services/drift/statistics/kolmogorovSmirnov";
import { populationStabilityIndex } from "../../../../services/drift/statistics/populationStabilityIndex";
import { countSorted } from "../../../../services/drift/statistics/quantileBins";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";
import { type NumericSummary, summarise, thin } from "../../../../services/drift/summary";

const numbers = fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, min: -20, max: 20 })), {
  minLength: 2,
  maxLength: 120,
});

function summaryOf(values: readonly number[]): NumericSummary {
  const [column] = parseColumns({ x: values }, {});
  if (!column) throw new Error("no column");
  return summarise(column) as NumericSummary;
}

/** The three ways in which a window and its reference are had, with the same values. */
function pairsOf(reference: readonly number[], window: readonly number[]): [string, RankSource, RankSource][] {
  const summary = summaryOf(reference);
  const insert = (values: readonly number[], sketch = new NumericSketch()) => {
    sketch.insert(Float64Array.from(values));
    return rankSourceOfSketch(sketch);
  };
  const grid = gridOfSummary(summary);
  return [
    ["both in quantile sketches", insert(reference), insert(window)],
    ["a stored reference and a sketched window", rankSourceOfSummary(summary), insert(window)],
    [
      "a window counted in the reference's grid",
      rankSourceOfSummary(summary),
      insert(window, new NumericSketch({ grid })),
    ],
  ];
}

function expectHolds({ value, low, high }: BoundedScore, truth: number): void {
  const slack = 1e-9 * Math.max(1, Math.abs(truth));
  expect(low).toBeLessThanOrEqual(value + slack);
  expect(high).toBeGreaterThanOrEqual(value - slack);
  expect(truth).toBeGreaterThanOrEqual(low - slack);
  expect(truth).toBeLessThanOrEqual(high + slack);
}

function expectAllHold(reference: readonly number[], window: readonly number[]): void {
  const [a, b] = [summaryOf(reference), summaryOf(window)];
  const bins = { reference: a.binCounts, current: countSorted(b.sorted, a) };
  for (const [, before, now] of pairsOf(reference, window)) {
    const ks = sketchKolmogorovSmirnov(before, now);
    const exact = kolmogorovSmirnov(a.sorted, b.sorted, "asymptotic");
    expectHolds(ks.statistic, exact.statistic);
    expectHolds(ks.pValue, exact.pValue);
    expectHolds(sketchWasserstein(before, now), wassersteinDistance(a.sorted, b.sorted));
    expectHolds(sketchNormedWasserstein(before, now), normedWassersteinDistance(a.sorted, b.sorted));
    const shares = sharesInBins(a.edges, before, now);
    expectHolds(boundedPsi(shares), populationStabilityIndex(bins.reference, bins.current));
    expectHolds(boundedJensenShannon(shares), jensenShannonDistance(bins.reference, bins.current));
  }
}

describe("scores of numeric sketches", () => {
  it("hold the exact scores in their intervals, for small samples with ties", () => {
    fc.assert(fc.property(numbers, numbers, expectAllHold));
  });

  it("hold them for samples that are thrown away in part, and are near them", () => {
    const random = new SeededRandom(11);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    const reference = Array.from({ length: 20_000 }, () => 50 + 3 * normal());
    const window = Array.from({ length: 15_000 }, () => 51 + 4 * normal());
    expectAllHold(reference, window);
    const [a, b] = [summaryOf(reference), summaryOf(window)];
    const exact = kolmogorovSmirnov(a.sorted, b.sorted).statistic;
    for (const [, before, now] of pairsOf(reference, window)) {
      const { statistic } = sketchKolmogorovSmirnov(before, now);
      expect(Math.abs(statistic.value - exact)).toBeLessThan(0.003);
      expect(statistic.high - statistic.low).toBeLessThan(0.02);
    }
  });

  it("give PSI and Jensen-Shannon exactly where a window was counted in the reference's grid", () => {
    fc.assert(
      fc.property(numbers, numbers, (reference, window) => {
        const [a, b] = [summaryOf(reference), summaryOf(window)];
        const [, before, now] = pairsOf(reference, window)[2] as [string, RankSource, RankSource];
        const { value, low, high } = boundedPsi(sharesInBins(a.edges, before, now));
        expect([low, high]).toEqual([value, value]);
        expect(value).toBeCloseTo(populationStabilityIndex(a.binCounts, countSorted(b.sorted, a)), 9);
      }),
    );
  });

  it("hold them for a thinned reference", () => {
    const random = new SeededRandom(5);
    const values = Array.from({ length: 5_000 }, () => random.uniform());
    const whole = summaryOf(values);
    const window = new NumericSketch();
    window.insert(Float64Array.from({ length: 900 }, () => random.uniform() ** 1.1));
    const thinned = thin(whole, 100) as NumericSummary;
    const now = rankSourceOfSketch(window);
    expectHolds(
      sketchKolmogorovSmirnov(rankSourceOfSummary(thinned), now).statistic,
      sketchKolmogorovSmirnov(rankSourceOfSummary(whole), now).statistic.value,
    );
  });
});
