import fc from "fast-check";
import {
  boundConvexSum,
  errorBound,
  mapFalling,
  mapScore,
  shareWithin,
} from "../../../../services/drift/sketches/convexBounds";

describe("boundConvexSum", () => {
  it("holds every sum that shares within their intervals can give", () => {
    const share = fc.double({ min: 0.01, max: 0.9, noNaN: true });
    const inside = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share, inside, inside), { maxLength: 6 }), (cells) => {
        const term = (p: number, q: number) => (p - q) * Math.log(p / q);
        const error = 0.009;
        const bins = cells.map(([p, q]) => ({ reference: shareWithin(p, error), current: shareWithin(q, error) }));
        const { value, low, high } = boundConvexSum(bins, term);
        const truth = cells.reduce((sum, [p, q, dp, dq]) => sum + term(p + dp * error, q + dq * error), 0);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(truth).toBeGreaterThanOrEqual(low - 1e-12);
        expect(truth).toBeLessThanOrEqual(high + 1e-12);
      }),
    );
  });

  it("passes intervals through rising and falling functions, and gives their reach", () => {
    const score = { value: 2, low: 1, high: 4 };
    expect(mapScore(score, (x) => 2 * x)).toEqual({ value: 4, low: 2, high: 8 });
    expect(mapFalling(score, (x) => -x)).toEqual({ value: -2, low: -4, high: -1 });
    expect(errorBound(score)).toBe(2);
    expect(errorBound({ value: Infinity, low: Infinity, high: Infinity })).toBe(0);
    expect(shareWithin(0.1, 0.3)).toEqual({ value: 0.1, low: 0, high: 0.4 });
  });
});
