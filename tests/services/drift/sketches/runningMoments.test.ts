import fc from "fast-check";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import { RunningMoments } from "../../../../services/drift/sketches/runningMoments";
import { momentsOf } from "../../../../services/drift/statistics/moments";

const shards = fc.array(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { maxLength: 60 }), { maxLength: 8 });
const of = (values: readonly number[]) => {
  const moments = new RunningMoments();
  moments.insert(Float64Array.from(values));
  return moments;
};

describe("RunningMoments", () => {
  it("is that of two passes, however the values are split, ordered and merged", () => {
    fc.assert(
      fc.property(shards, (parts) => {
        const all = parts.flat();
        const exact = momentsOf(all);
        const left = new RunningMoments();
        for (const part of parts) left.merge(of(part));
        const right = parts.map(of).reduceRight((sum, part) => {
          part.merge(sum);
          return part;
        }, new RunningMoments());
        for (const moments of [left, right, of([...all].reverse())]) {
          expect(moments.count).toBe(all.length);
          expect(moments.minimum).toBe(Math.min(...all));
          expect(moments.maximum).toBe(Math.max(...all));
          if (all.length === 0) continue;
          expect(Math.abs(moments.mean - exact.mean)).toBeLessThan(1e-8);
          const scale = 1e-12 * all.reduce((sum, value) => sum + value * value, 1);
          expect(Math.abs(moments.squaredDeviations - exact.squaredDeviations)).toBeLessThan(scale);
        }
      }),
    );
  });

  it("keeps the digits of small spreads about a large mean", () => {
    const moments = new RunningMoments();
    for (let i = 0; i < 1000; i++) moments.insert(Float64Array.of(1e9, 1e9 + 1));
    expect(moments.squaredDeviations / moments.count).toBe(0.25);
  });

  it("survives being stored", () => {
    const writer = new ByteWriter();
    of([1, 2, 4]).write(writer);
    expect(RunningMoments.read(new ByteReader(writer.finish()))).toEqual(of([1, 2, 4]));
  });
});
