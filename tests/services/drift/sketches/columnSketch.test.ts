import fc from "fast-check";
import { CategoricalSketch, NumericSketch } from "../../../../services/drift/sketches/columnSketch";
import { ReferenceGrid } from "../../../../services/drift/sketches/referenceGrid";
import { SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";

const numeric = (values: readonly number[]) => {
  const sketch = new NumericSketch();
  sketch.insert(Float64Array.from(values));
  return sketch;
};

describe("NumericSketch", () => {
  it("counts what is missing and invalid apart, and takes -0 for 0", () => {
    const sketch = numeric([1, Number.NaN, Number.POSITIVE_INFINITY, -1e200, -0, 3]);
    expect(sketch).toMatchObject({ rows: 6, count: 3, missing: 1, invalid: 2 });
    expect(sketch.few.entries()).toEqual(new Map([0, 1, 3].map((value) => [value, 1])));
    expect(sketch.moments).toMatchObject({ minimum: 0, maximum: 3 });
  });

  it("counts distinct values exactly up to fifty and nearly beyond, merged or not", () => {
    const values = fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 400 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const merged = numeric(a);
        merged.merge(numeric(b));
        const truth = new Set([...a, ...b]).size;
        for (const sketch of [merged, numeric([...a, ...b])]) {
          expect(Math.abs(sketch.distinctValues() - truth)).toBeLessThanOrEqual(truth <= 50 ? 0 : 12);
        }
      }),
    );
  });

  it("refuses to merge sketches that keep other things", () => {
    const other = new NumericSketch({ grid: new ReferenceGrid(Float64Array.of(1)) });
    expect(() => numeric([]).merge(other)).toThrow(
      new SketchMismatchError("Numeric sketches with different parts cannot be merged: make both alike."),
    );
  });
});

describe("CategoricalSketch", () => {
  it("counts categories, missing ones and overlong ones, the same however split", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.string()), { maxLength: 100 }), fc.nat(100), (values, at) => {
        const [whole, part, rest] = [new CategoricalSketch(), new CategoricalSketch(), new CategoricalSketch()];
        whole.insert(values);
        part.insert(values.slice(at));
        rest.insert(values.slice(0, at));
        part.merge(rest);
        expect(part.categories.top()).toEqual(whole.categories.top());
        const present = values.filter((value) => value !== null);
        expect(part).toMatchObject({ rows: values.length, missing: values.length - present.length });
        expect(part.distinctValues()).toBe(new Set(present).size);
      }),
    );
    const sketch = new CategoricalSketch();
    sketch.insert(["x".repeat(1025), "y"]);
    expect(sketch).toMatchObject({ rows: 2, count: 1, invalid: 1 });
  });
});
