import fc from "fast-check";
import { CategoricalSketch } from "../../../../services/drift/sketches/columnSketch";
import {
  boundedChiSquare,
  boundedJensenShannon,
  boundedPsi,
  boundedTotalVariation,
  countsOfSketch,
  sharesByCategory,
} from "../../../../services/drift/sketches/countScores";
import { HeavyHitters } from "../../../../services/drift/sketches/heavyHitters";
import { chiSquareContingency } from "../../../../services/drift/statistics/chiSquare";
import { totalVariationDistance } from "../../../../services/drift/statistics/countDistance";
import { countCategories } from "../../../../services/drift/statistics/counts";
import { jensenShannonDistance } from "../../../../services/drift/statistics/jensenShannon";
import { populationStabilityIndex } from "../../../../services/drift/statistics/populationStabilityIndex";

const words = fc.array(fc.constantFrom(..."aaabbcdefgh"), { minLength: 5, maxLength: 100 });
const of = (values: readonly string[], capacity?: number) => {
  const sketch = new CategoricalSketch();
  if (capacity) Object.assign(sketch, { categories: new HeavyHitters(capacity) });
  sketch.insert(values);
  return sketch;
};

describe("scores of categorical sketches", () => {
  it("are exact while every category is kept", () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const bins = sharesByCategory(countsOfSketch(of(a)), countsOfSketch(of(b)));
        const { reference, current } = countCategories(a, b);
        const chiSquare = boundedChiSquare(bins, a.length, b.length);
        const exact = chiSquareContingency(reference, current);
        for (const [score, truth] of [
          [boundedPsi(bins), populationStabilityIndex(reference, current)],
          [boundedJensenShannon(bins), jensenShannonDistance(reference, current)],
          [boundedTotalVariation(bins), totalVariationDistance(reference, current)],
          [chiSquare.statistic, exact.statistic],
          [chiSquare.pValue, exact.pValue],
        ] as const) {
          expect([score.low, score.high]).toEqual([score.value, score.value]);
          expect(score.value).toBeCloseTo(truth, 7);
        }
        expect(chiSquare.degreesOfFreedom).toBe(exact.degreesOfFreedom);
      }),
    );
  });

  it("hold the exact total variation and Jensen-Shannon over the kept categories when some were dropped", () => {
    fc.assert(
      fc.property(words, words, fc.integer({ min: 2, max: 5 }), (a, b, capacity) => {
        const [before, now] = [of(a, capacity), of(b, capacity)];
        const bins = sharesByCategory(countsOfSketch(before), countsOfSketch(now));
        const kept = new Set([...before.categories.top(), ...now.categories.top()].map(([name]) => name));
        const fold = (values: readonly string[]) => values.map((value) => (kept.has(value) ? value : "(others)"));
        const { reference, current } = countCategories(fold(a), fold(b));
        for (const [score, truth] of [
          [boundedTotalVariation(bins), totalVariationDistance(reference, current)],
          [boundedJensenShannon(bins), jensenShannonDistance(reference, current)],
        ] as const) {
          expect(truth).toBeGreaterThanOrEqual(score.low - 1e-9);
          expect(truth).toBeLessThanOrEqual(score.high + 1e-9);
        }
      }),
    );
  });
});
