import fc from "fast-check";
import { Histogram, Registry } from "prom-client";
import { Distribution } from "../../../services/runtime/distribution";

const described = { name: "seconds", help: "How long", buckets: [0.1, 1, 10] };

describe("Distribution", () => {
  it("tells a scrape the same as prom-client's histogram", async () => {
    const bound = fc.constantFrom(0, 0.1, 1, 10, 11);
    const values = fc.array(fc.oneof(bound, fc.double({ min: 0, max: 20, noNaN: true })), { maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(values, async (observed) => {
        const [ours, theirs] = [new Registry(), new Registry()];
        const distribution = new Distribution({ ...described, labels: { model: 'a "b"' }, registry: ours });
        const histogram = new Histogram({ ...described, labelNames: ["model"], registers: [theirs] });
        histogram.zero({ model: 'a "b"' });
        for (const value of observed) {
          distribution.observe(value);
          histogram.observe({ model: 'a "b"' }, value);
        }
        const lines = async (registry: Registry) =>
          (await registry.metrics())
            .split("\n")
            .map((line) => line.replace(/^(seconds_bucket)\{(le="[^"]*"),(.*)\}/, "$1{$3,$2}"));
        expect(await lines(ours)).toEqual(await lines(theirs));
      }),
    );
  });

  it("forgets on reset", async () => {
    const registry = new Registry();
    const distribution = new Distribution({ ...described, labels: {}, registry });
    distribution.observe(3);
    registry.resetMetrics();
    expect(await registry.metrics()).toContain('seconds_bucket{le="+Inf"} 0\nseconds_sum 0\nseconds_count 0');
  });
});
