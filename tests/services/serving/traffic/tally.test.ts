import fc from "fast-check";
import { addTallies, latencyQuantile, NO_REQUESTS, Tally } from "../../../../services/serving/traffic/tally";

const seconds = fc.array(fc.double({ min: 1e-4, max: 60, noNaN: true }), { minLength: 1, maxLength: 200 });
function tallyOf(values: readonly number[], slowSeconds = 1): Tally {
  const tally = new Tally(slowSeconds);
  for (const value of values) tally.succeeded(value);
  return tally;
}

describe("a tally", () => {
  it("counts requests, errors and slow answers, and the moments of the latency", () => {
    const tally = tallyOf([0.5, 1, 1.5]);
    tally.failed();
    expect(tally.report()).toMatchObject({
      requests: 4,
      errors: 1,
      slow: 1,
      latency: { count: 3, mean: 1, squares: 0.5 },
    });
  });

  it("adds up to what one process would have counted", () => {
    fc.assert(
      fc.property(seconds, seconds, (a, b) => {
        const added = addTallies(tallyOf(a).report(), tallyOf(b).report());
        const whole = tallyOf([...a, ...b]).report();
        expect({ ...added, latency: 0 }).toEqual({ ...whole, latency: 0 });
        expect(added.latency.mean).toBeCloseTo(whole.latency.mean, 9);
        expect(added.latency.squares / Math.max(1, whole.latency.squares)).toBeCloseTo(
          whole.latency.squares / Math.max(1, whole.latency.squares),
          9,
        );
      }),
    );
    const { latency } = addTallies(NO_REQUESTS, NO_REQUESTS);
    expect(latency).toEqual({ count: 0, mean: 0, squares: 0 });
  });

  it("tells quantiles within five percent", () => {
    fc.assert(
      fc.property(seconds, fc.constantFrom(0.5, 0.95, 1), (values, share) => {
        const sorted = [...values].sort((x, y) => x - y);
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? Number.NaN;
        const told = latencyQuantile(tallyOf(values).report(), share) ?? Number.NaN;
        expect(told / exact).toBeGreaterThan(0.95);
        expect(told / exact).toBeLessThan(1.05);
      }),
    );
    expect(latencyQuantile(NO_REQUESTS, 0.95)).toBeUndefined();
  });
});
