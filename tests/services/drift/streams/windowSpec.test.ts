import fc from "fast-check";
import { type WindowSpec, windowLength, windowSpec, windowStarts } from "../../../../services/drift/streams/windowSpec";

const position = fc.integer({ min: -1e9, max: 1e9 });
const spec: fc.Arbitrary<WindowSpec> = fc.oneof(
  fc.record({ kind: fc.constant("tumbling" as const), sizeMs: fc.integer({ min: 1, max: 1e6 }) }),
  fc
    .record({ stepMs: fc.integer({ min: 1, max: 1000 }), times: fc.integer({ min: 1, max: 20 }), more: fc.nat(999) })
    .map(({ stepMs, times, more }) => {
      return { kind: "sliding" as const, stepMs, sizeMs: stepMs * times + (more % stepMs) };
    }),
  fc.record({ kind: fc.constant("count" as const), rows: fc.integer({ min: 1, max: 1e6 }) }),
);

describe("windowStarts", () => {
  it("names exactly the windows that hold a position", () => {
    fc.assert(
      fc.property(spec, position, (window, at) => {
        const step = window.kind === "sliding" ? window.stepMs : windowLength(window);
        const starts = windowStarts(window, at);
        for (const start of starts) {
          expect(start <= at && at < start + windowLength(window)).toBe(true);
          expect(Math.abs(start % step)).toBe(0);
        }
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
        const [first = Number.NaN, last = Number.NaN] = [starts[0], starts.at(-1)];
        expect(first - step + windowLength(window)).toBeLessThanOrEqual(at);
        expect(last + step).toBeGreaterThan(at);
        expect(new Set(starts).size).toBe(starts.length);
        expect(starts.length === 1 || window.kind === "sliding").toBe(true);
      }),
    );
  });
});

describe("windowSpec", () => {
  it("refuses steps that leave gaps or make too many windows", () => {
    for (const stepMs of [1, 200]) {
      const { error } = windowSpec.safeParse({ kind: "sliding", sizeMs: 101, stepMs });
      expect(error?.issues[0]?.message).toBe(
        "A sliding window's stepMs is at most its sizeMs and at least a hundredth of it.",
      );
    }
    expect(windowSpec.safeParse({ kind: "tumbling", sizeMs: 0 }).success).toBe(false);
  });
});
