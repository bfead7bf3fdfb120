import fc from "fast-check";
import { CoMoments } from "../../../../services/drift/sketches/coMoments";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import { SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";

const row = fc.array(fc.oneof(fc.double({ noNaN: true, min: -100, max: 100 }), fc.constant(Number.NaN)), {
  minLength: 3,
  maxLength: 3,
});
const of = (rows: readonly (readonly number[])[]) => {
  const moments = new CoMoments(3);
  moments.insert([0, 1, 2].map((column) => Float64Array.from(rows, (values) => values[column] as number)));
  return moments;
};

describe("CoMoments", () => {
  it("is that of one exact pass over the complete rows, however split", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), fc.nat(40), (rows, at) => {
        const merged = of(rows.slice(at));
        merged.merge(of(rows.slice(0, at)));
        const complete = rows.filter((values) => values.every(Number.isFinite));
        const mean = (column: number) => complete.reduce((sum, r) => sum + (r[column] as number), 0) / complete.length;
        const means = [0, 1, 2].map(mean);
        for (const moments of [merged, of(rows)]) {
          expect(moments.count).toBe(complete.length);
          for (const [a, b] of [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => [i, j] as const))) {
            const expected = complete.reduce(
              (sum, r) => sum + ((r[a] as number) - (means[a] as number)) * ((r[b] as number) - (means[b] as number)),
              0,
            );
            expect(moments.products[3 * a + b]).toBeCloseTo(expected, 6);
          }
        }
      }),
    );
  });

  it("gives correlations", () => {
    const moments = of([1, 2, 3, 4].map((x) => [x, -2 * x, 5]));
    expect(moments.correlation(0, 1)).toBeCloseTo(-1, 12);
    expect(moments.correlation(0, 2)).toBeNaN();
  });

  it("survives being stored, and refuses other widths", () => {
    const writer = new ByteWriter();
    of([[1, 2, 3]]).write(writer);
    expect(CoMoments.read(new ByteReader(writer.finish()))).toEqual(of([[1, 2, 3]]));
    expect(() => new CoMoments(2).merge(new CoMoments(3))).toThrow(
      new SketchMismatchError("Co-moments of 2 columns cannot take in 3 columns: both must be the same."),
    );
  });
});
