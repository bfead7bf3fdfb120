import fc from "fast-check";
import { HyperLogLog } from "../../../../services/drift/sketches/hyperLogLog";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import { SketchFormatError } from "../../../../services/drift/sketches/sketchErrors";

const of = (values: readonly number[]) => {
  const sketch = new HyperLogLog();
  sketch.insert(Float64Array.from(values));
  return sketch;
};
const bytesOf = (sketch: HyperLogLog) => {
  const writer = new ByteWriter();
  sketch.write(writer);
  return Buffer.from(writer.finish());
};

describe("HyperLogLog", () => {
  it.each([0, 1, 10, 1_000, 10_000, 60_000, 300_000])(
    "counts %d distinct numbers and words to 5 standard errors",
    (n) => {
      const numbers = of(Array.from({ length: 2 * n }, (_, i) => (i % n) * 0.37));
      const words = new HyperLogLog();
      for (let i = 0; i < n; i++) words.insertText(`user-${i}`);
      for (const sketch of [numbers, words]) {
        expect(Math.abs(sketch.estimate() - n)).toBeLessThanOrEqual(5 * HyperLogLog.standardError * n + 0.5);
      }
    },
  );

  it("merges to exactly the single pass, in any order", () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { maxLength: 100 });
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [forth, back] = [of(a), of(b)];
        forth.merge(of(b));
        back.merge(of(a));
        expect(bytesOf(forth).equals(bytesOf(of([...b, ...a])))).toBe(true);
        expect(bytesOf(back).equals(bytesOf(forth))).toBe(true);
      }),
    );
  });

  it("survives being stored, and refuses damage", () => {
    const sketch = of([1, 2, 3]);
    expect(HyperLogLog.read(new ByteReader(bytesOf(sketch))).estimate()).toBe(sketch.estimate());
    const writer = new ByteWriter();
    writer.block(new Uint8Array(5));
    expect(() => HyperLogLog.read(new ByteReader(writer.finish()))).toThrow(
      new SketchFormatError("A distinct count of 5 registers is damaged: 4096 are due."),
    );
  });
});
