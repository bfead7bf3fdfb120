import fc from "fast-check";
import { wassersteinDistance } from "../../../../services/drift/statistics/distributionDistance";
import { kolmogorovSmirnovStatistic } from "../../../../services/drift/statistics/kolmogorovSmirnov";
import { placeCounts } from "../../../../services/drift/statistics/placedCounts";
import { lowerBound } from "../../../../services/drift/statistics/samples";

const countsOf = (sorted: Float64Array) => {
  const counts = new Map<number, number>();
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};
const sample = fc
  .array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 80 })
  .map((values) => Float64Array.from(values, (value) => value / 2).sort());

describe("placeCounts", () => {
  it("tells of few values what sorting tells", () => {
    fc.assert(
      fc.property(sample, sample, (reference, window) => {
        const edges = Float64Array.of(-1.5, 0, 0.25, 9);
        const placed = placeCounts(countsOf(reference), countsOf(window), edges);
        const [low, high] = [reference[0] as number, reference[reference.length - 1] as number];
        expect(placed).toEqual({
          size: window.length,
          gap: Math.round(kolmogorovSmirnovStatistic(reference, window) * reference.length * window.length),
          area: expect.closeTo(wassersteinDistance(reference, window), 10),
          outside: window.filter((value) => value < low || value > high).length,
          below: edges.map((edge) => lowerBound(window, edge)),
        });
      }),
    );
  });
});
