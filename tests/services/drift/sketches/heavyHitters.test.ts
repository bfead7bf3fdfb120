import fc from "fast-check";
import { HeavyHitters } from "../../../../services/drift/sketches/heavyHitters";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import { SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";

const shards = fc.array(fc.array(fc.constantFrom(..."abcdefghijklmnop"), { maxLength: 60 }), {
  minLength: 1,
  maxLength: 6,
});
const of = (values: readonly string[], capacity: number) => {
  const sketch = new HeavyHitters(capacity);
  for (const value of values) sketch.insert(value);
  return sketch;
};

/** No count is too high, none is lower than the bound allows, and the bound is that of the paper. */
function expectWithinBound(sketch: HeavyHitters, values: readonly string[]): void {
  const top = new Map(sketch.top());
  expect(sketch.count).toBe(values.length);
  expect(top.size).toBeLessThanOrEqual(sketch.capacity);
  expect(sketch.undercount).toBeLessThanOrEqual(values.length / (sketch.capacity + 1));
  for (const value of new Set(values)) {
    const truth = values.filter((other) => other === value).length;
    expect(top.get(value) ?? 0).toBeLessThanOrEqual(truth);
    expect(top.get(value) ?? 0).toBeGreaterThanOrEqual(truth - sketch.undercount);
  }
}

describe("HeavyHitters", () => {
  it("keeps its bound in one pass and in merges of shards of any size and order", () => {
    fc.assert(
      fc.property(shards, fc.integer({ min: 1, max: 8 }), (parts, capacity) => {
        const all = parts.flat();
        const [forth, back] = [new HeavyHitters(capacity), new HeavyHitters(capacity)];
        for (const part of parts) forth.merge(of(part, capacity));
        for (const part of [...parts].reverse()) back.merge(of(part, capacity));
        for (const sketch of [of(all, capacity), forth, back]) expectWithinBound(sketch, all);
      }),
    );
  });

  it("is exact, whatever the order, while there is room for every category", () => {
    fc.assert(
      fc.property(shards, (parts) => {
        const merged = new HeavyHitters(16);
        for (const part of parts) merged.merge(of(part, 16));
        expect(merged.undercount).toBe(0);
        expect(merged.top()).toEqual(of([...parts.flat()].reverse(), 16).top());
      }),
    );
  });

  it("survives being stored, and refuses other capacities", () => {
    const sketch = of([..."aabbbc"], 2);
    const writer = new ByteWriter();
    sketch.write(writer);
    expect(HeavyHitters.read(new ByteReader(writer.finish())).top()).toEqual(sketch.top());
    expect(() => sketch.merge(new HeavyHitters(3))).toThrow(
      new SketchMismatchError("Heavy hitters of capacity 2 cannot take in those of 3: make both with the same."),
    );
    expect(() => new HeavyHitters(0)).toThrow(
      "Heavy hitters of capacity 0 were asked for: a whole number from 1 on is needed.",
    );
  });
});
