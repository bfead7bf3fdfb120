import fc from "fast-check";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import { QuantileSketch } from "../../../../services/drift/sketches/quantileSketch";
import { SketchFormatError, SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";
import { upperBound } from "../../../../services/drift/statistics/samples";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";

const SIZE = 8;
const shards = fc.array(fc.array(fc.integer({ min: -40, max: 40 }), { maxLength: 70 }), { minLength: 1, maxLength: 8 });
const of = (values: ArrayLike<number>, size = SIZE) => {
  const sketch = new QuantileSketch(size);
  sketch.insert(Float64Array.from(values));
  return sketch;
};
const merge = (a: QuantileSketch, b: QuantileSketch) => {
  const sum = new QuantileSketch(a.size);
  sum.merge(a);
  sum.merge(b);
  return sum;
};

/** Every rank that the sketch gives lies within its own bound of the true one. */
function expectWithinBound(sketch: QuantileSketch, values: readonly number[]): void {
  const sorted = Float64Array.from(values).sort();
  const { values: kept, cumulative } = sketch.ranked();
  expect(sketch.count).toBe(values.length);
  expect(cumulative[cumulative.length - 1] ?? 0).toBe(values.length);
  for (const value of new Set(values)) {
    const estimate = cumulative[upperBound(kept, value) - 1] ?? 0;
    const truth = upperBound(sorted, value);
    expect(estimate - truth).toBeLessThanOrEqual(sketch.overestimate);
    expect(truth - estimate).toBeLessThanOrEqual(sketch.underestimate);
  }
}

describe("QuantileSketch", () => {
  it("keeps its bound in one pass, in merges in any order and grouping, and for rows in any order", () => {
    fc.assert(
      fc.property(shards, (parts) => {
        const all = parts.flat();
        const sketches = parts.map((part) => of(part));
        const leftToRight = sketches.reduce(merge);
        const rightToLeft = [...sketches].reverse().reduce(merge);
        const grouped = sketches.reduceRight((sum, part) => merge(part, sum));
        for (const sketch of [of(all), of([...all].sort()), leftToRight, rightToLeft, grouped]) {
          expectWithinBound(sketch, all);
        }
      }),
    );
  });

  it("is exact while nothing was thrown away", () => {
    const sketch = of([3, 1, 2, 2], 8);
    expect(sketch.rankError).toBe(0);
    expect(sketch.ranked()).toEqual({ values: Float64Array.of(1, 2, 2, 3), cumulative: Float64Array.of(1, 2, 3, 4) });
  });

  it("bounds the error of 100,000 values to below half of log2(n / size) / size, merged or not", () => {
    const random = new SeededRandom(3);
    const values = Float64Array.from({ length: 100_000 }, () => random.uniform());
    const one = of(values, 256);
    let merged = new QuantileSketch(256);
    for (let from = 0; from < values.length; from += 777)
      merged = merge(of(values.slice(from, from + 777), 256), merged);
    expect(one.rankError / one.count).toBeLessThan(Math.log2(100_000 / 256) / 512 + 0.001);
    expect(merged.rankError / merged.count).toBeLessThan(Math.log2(100_000 / 256) / 256);
    for (const sketch of [one, merged]) {
      const { values: kept, cumulative } = sketch.ranked();
      const worst = kept.reduce(
        (most, value, i) => Math.max(most, Math.abs((cumulative[i] as number) / 1e5 - value)),
        0,
      );
      // The sample itself is off from the uniform distribution by a few thousandths.
      expect(worst).toBeLessThan(sketch.rankError / sketch.count + 0.006);
    }
  });

  it("takes little room: 20 levels for a billion values", () => {
    const sketch = of(
      Float64Array.from({ length: 200_000 }, (_, i) => i),
      64,
    );
    const writer = new ByteWriter();
    sketch.write(writer);
    expect(writer.finish().length).toBeLessThan(64 * 8 * 14);
  });

  it("survives being stored, whatever its state", () => {
    fc.assert(
      fc.property(shards, (parts) => {
        const sketch = of(parts.flat());
        const writer = new ByteWriter();
        sketch.write(writer);
        const read = QuantileSketch.read(new ByteReader(writer.finish()));
        expect(read.ranked()).toEqual(sketch.ranked());
        read.insert(Float64Array.of(1, 2));
        expectWithinBound(read, [...parts.flat(), 1, 2]);
      }),
    );
  });

  it("refuses odd sizes, other sizes and damaged levels", () => {
    expect(() => new QuantileSketch(9)).toThrow(
      "A quantile sketch of size 9 was asked for: an even number of at least 8 is needed.",
    );
    expect(() => of([], 8).merge(of([], 16))).toThrow(
      new SketchMismatchError("A quantile sketch of size 8 cannot take in one of size 16: make both with the same."),
    );
    const writer = new ByteWriter();
    writer.uint32(8);
    for (let i = 0; i < 3; i++) writer.float64(0);
    writer.uint32(0);
    writer.float64s(new Float64Array(8));
    expect(() => QuantileSketch.read(new ByteReader(writer.finish()))).toThrow(
      new SketchFormatError("A quantile sketch of size 8 has a level of 8 values."),
    );
  });
});
