import fc from "fast-check";
import { wassersteinDistance } from "../../../../services/drift/statistics/distributionDistance";
import { kolmogorovSmirnovStatistic } from "../../../../services/drift/statistics/kolmogorovSmirnov";
import { ReferenceCells } from "../../../../services/drift/statistics/referenceCells";
import { lowerBound } from "../../../../services/drift/statistics/samples";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";
import { normalTable } from "../../../support/normalTable";

const numbers = (size: number, seed: number, of: (normal: number) => number) =>
  normalTable(size, 1, seed).values.map(of);

describe("ReferenceCells", () => {
  it.each<[string, (normal: number) => number, (normal: number) => number]>([
    ["equal distributions", (z) => z, (z) => z],
    ["a small shift", (z) => z, (z) => z + 0.05],
    ["windows beyond the reference", (z) => z, (z) => 40 + z],
    ["windows on both sides", (z) => z, (z) => 50 * z],
    ["heavy tails", (z) => Math.exp(3 * z), (z) => Math.exp(3 * z + 0.1)],
    ["few values", (z) => Math.round(2 * z), (z) => Math.round(2 * z + 0.1)],
    ["numbers far from zero", (z) => 1e12 + z, (z) => 1e12 + z],
    ["tiny numbers", (z) => 1e-200 * z, (z) => 1e-200 * (z + 0.1)],
  ])("tells of %s what sorting tells", (_, before, now) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 3000 }), (seed, size) => {
        const reference = numbers(2_000, seed, before).sort();
        const window = numbers(size, seed + 1, now);
        const edges = Float64Array.of(reference[10] as number, reference[1000] as number, reference[1990] as number);
        const placed = ReferenceCells.of(reference)?.place(window, edges);
        const sorted = window.slice().sort();
        const [low, high] = [reference[0] as number, reference[1999] as number];
        expect(placed).toEqual({
          size,
          gap: Math.round(kolmogorovSmirnovStatistic(reference, sorted) * 2_000 * size),
          area: expect.anything(),
          outside: sorted.filter((value) => value < low || value > high).length,
          below: edges.map((edge) => lowerBound(sorted, edge)),
        });
        const exact = wassersteinDistance(reference, sorted);
        expect(Math.abs((placed?.area ?? 0) / exact - 1)).toBeLessThan(1e-10);
      }),
      { numRuns: 15 },
    );
  });

  it("needs no order, and leaves the window as it is", () => {
    const reference = numbers(1_000, 1, (z) => z).sort();
    const cells = ReferenceCells.of(reference);
    const window = numbers(800, 2, (z) => z);
    const order = Int32Array.from(window, (_, i) => i);
    new SeededRandom(1).shuffle(order);
    const shuffled = Float64Array.from(order, (i) => window[i] as number);
    const kept = shuffled.slice();
    const [a, b] = [cells?.place(window, new Float64Array()), cells?.place(shuffled, new Float64Array())];
    expect(a?.gap).toBe(b?.gap);
    expect(a?.area).toBeCloseTo(b?.area ?? 0, 12);
    expect(shuffled).toEqual(kept);
  });

  it("is not made of a short reference, or of one without width", () => {
    expect(ReferenceCells.of(Float64Array.of(1, 2, 3))).toBeUndefined();
    expect(ReferenceCells.of(new Float64Array(5_000).fill(3))).toBeUndefined();
  });
});
