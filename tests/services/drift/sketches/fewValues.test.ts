import fc from "fast-check";
import { FEW_VALUES_LIMIT, FewValues } from "../../../../services/drift/sketches/fewValues";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";

const of = (values: readonly number[]) => {
  const sketch = new FewValues();
  sketch.insert(Float64Array.from(values));
  return sketch;
};
const exact = (values: readonly number[]) => {
  const counts = new Map<number, number>();
  for (const value of [...values].sort((a, b) => a - b)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts.size > FEW_VALUES_LIMIT ? undefined : counts;
};

describe("FewValues", () => {
  it("counts exactly or gives up, the same however the values are ordered, split and merged", () => {
    const values = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 200 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [forth, back] = [of(a), of(b)];
        forth.merge(of(b));
        back.merge(of(a));
        for (const sketch of [forth, back, of([...b, ...a])]) {
          expect(sketch.entries()).toEqual(exact([...a, ...b]));
          const writer = new ByteWriter();
          sketch.write(writer);
          expect(FewValues.read(new ByteReader(writer.finish())).entries()).toEqual(sketch.entries());
        }
      }),
    );
  });
});
