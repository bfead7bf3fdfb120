import fc from "fast-check";
import { ReferenceGrid } from "../../../../services/drift/sketches/referenceGrid";
import { SketchFormatError, SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";
import {
  type ColumnBatch,
  TableSketch,
  type TableSketchOptions,
} from "../../../../services/drift/sketches/tableSketch";

const options: TableSketchOptions = {
  kinds: { size: "numeric", price: "numeric", colour: "categorical" },
  grids: new Map([["price", new ReferenceGrid(Float64Array.of(-5, 0, 5))]]),
  coMoments: true,
};
type Row = readonly [number, number, string | null];
const rows = fc.array(
  fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.option(fc.constantFrom("red", "blue"))),
  { maxLength: 80 },
);
const batch = (some: readonly Row[]): Map<string, ColumnBatch> =>
  new Map<string, ColumnBatch>([
    ["size", Float64Array.from(some, ([size]) => size)],
    ["price", Float64Array.from(some, ([, price]) => price)],
    ["colour", some.map(([, , colour]) => colour)],
  ]);
const of = (some: readonly Row[]) => {
  const sketch = TableSketch.create(options);
  sketch.insert(batch(some));
  return sketch;
};

describe("TableSketch", () => {
  it("merges shards of any size and order to the counts of one pass", () => {
    fc.assert(
      fc.property(rows, fc.nat(80), fc.nat(80), (some, i, j) => {
        const [from, to] = [Math.min(i, j), Math.max(i, j)];
        const parts = [some.slice(to), some.slice(from, to), some.slice(0, from)].map(of);
        const merged = TableSketch.create(options);
        for (const part of parts) merged.merge(part);
        const whole = of(some);
        expect(merged.rows).toBe(some.length);
        for (const [name, sketch] of merged.columns) {
          const other = whole.columns.get(name);
          expect([sketch.rows, sketch.count, sketch.missing]).toEqual([other?.rows, other?.count, other?.missing]);
          expect(sketch.distinctValues()).toBe(other?.distinctValues());
          if (sketch.kind === "numeric" && other?.kind === "numeric") {
            expect(sketch.few.entries()).toEqual(other.few.entries());
            expect(sketch.grid?.counts).toEqual(other.grid?.counts);
          }
        }
        expect(merged.coMoments?.count).toBe(some.length);
      }),
    );
  });

  it("survives being stored, to the last byte", () => {
    fc.assert(
      fc.property(rows, (some) => {
        const bytes = of(some).encode();
        const read = TableSketch.decode(bytes);
        expect(Buffer.from(read.encode()).equals(bytes)).toBe(true);
        read.merge(of(some));
        expect(read.rows).toBe(2 * some.length);
      }),
    );
  });

  it("refuses bytes that are none of its own, of a later version, cut short or followed by others", () => {
    const bytes = of([[1, 2, "red"]]).encode();
    const later = bytes.slice();
    later[4] = 2;
    expect(() => TableSketch.decode(Uint8Array.of(1, 2, 3, 4))).toThrow(
      new SketchFormatError("The bytes are no table sketch: their mark is missing."),
    );
    expect(() => TableSketch.decode(later)).toThrow(
      new SketchFormatError("A table sketch has version 2; this program reads up to version 1. Update it."),
    );
    for (let length = 0; length < bytes.length; length += 97) {
      expect(() => TableSketch.decode(bytes.slice(0, length))).toThrow(SketchFormatError);
    }
    expect(() => TableSketch.decode(Uint8Array.from([...bytes, 0]))).toThrow(
      new SketchFormatError("A sketch has 1 bytes after its end: it is damaged."),
    );
  });

  it("refuses batches and sketches of other columns, naming them", () => {
    const sketch = of([]);
    const without = batch([]);
    without.delete("price");
    expect(() => sketch.insert(without)).toThrow(new SketchMismatchError('A batch lacks the column "price".'));
    expect(() => sketch.insert(batch([[1, 2, "red"]]).set("price", ["a"]))).toThrow(
      new SketchMismatchError('Column "price" of a batch is not numeric, as its sketch is.'),
    );
    expect(() => sketch.insert(batch([[1, 2, "red"]]).set("colour", []))).toThrow(
      new SketchMismatchError('Column "colour" of a batch has 0 values and the first column 1.'),
    );
    expect(() => sketch.merge(TableSketch.create({ kinds: { size: "categorical" } }))).toThrow(
      new SketchMismatchError(
        'A sketch of "size" (numeric), "price" (numeric), "colour" (categorical) cannot take in one of "size" (categorical).',
      ),
    );
  });
});
