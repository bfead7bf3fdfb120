import fc from "fast-check";
import { parseColumns } from "../../../../services/drift/columns";
import { ByteReader, ByteWriter } from "../../../../services/drift/sketches/portableBytes";
import {
  GridCounts,
  gridOfSorted,
  gridOfSummary,
  ReferenceGrid,
} from "../../../../services/drift/sketches/referenceGrid";
import { SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";
import { countSorted } from "../../../../services/drift/statistics/quantileBins";
import { lowerBound } from "../../../../services/drift/statistics/samples";
import { type NumericSummary, summarise } from "../../../../services/drift/summary";

const numbers = (minLength: number) =>
  fc.array(fc.oneof(fc.double({ noNaN: true, min: -1e150, max: 1e150 }), fc.integer({ min: -9, max: 9 })), {
    minLength,
  });
const summaryOf = (values: readonly number[]) => {
  const [column] = parseColumns({ x: values }, {});
  if (!column) throw new Error("no column");
  return summarise(column) as NumericSummary;
};

describe("ReferenceGrid", () => {
  it("puts every value in the bin of as many edges as lie at or below it, wide and crowded edges alike", () => {
    fc.assert(
      fc.property(numbers(0), numbers(0), (some, values) => {
        const edges = Float64Array.from(new Set(some.map((edge) => edge + 0))).sort();
        const counts = new GridCounts(new ReferenceGrid(edges));
        counts.insert(Float64Array.from(values));
        const expected = new Float64Array(edges.length + 1);
        for (const value of values) {
          const bin = edges.filter((edge) => edge <= value).length;
          expected[bin] = (expected[bin] as number) + 1;
        }
        expect(counts.counts).toEqual(expected);
      }),
    );
  });

  it("counts a window in a reference's PSI bins as an exact pass does", () => {
    fc.assert(
      fc.property(numbers(1), numbers(1), (reference, window) => {
        const summary = summaryOf(reference);
        const grid = gridOfSummary(summary) as ReferenceGrid;
        const counts = new GridCounts(grid);
        counts.insert(Float64Array.from(window, (value) => value + 0));
        const below = counts.countsBelow(summary.edges.subarray(1, 10));
        const bins = [...below, window.length].map((count, i) => count - (i === 0 ? 0 : (below[i - 1] as number)));
        expect(bins).toEqual([...countSorted(Float64Array.from(window, (v) => v + 0).sort(), summary)]);
      }),
    );
  });

  it("has edges at equal steps of rank", () => {
    const sorted = Float64Array.from({ length: 100_000 }, (_, i) => Math.exp(i / 1e4));
    const { edges } = gridOfSorted(sorted, new Float64Array());
    expect(edges).toHaveLength(513);
    edges.forEach((edge, i) => {
      expect(Math.abs(lowerBound(sorted, edge) - (i * 99_999) / 512)).toBeLessThan(1);
    });
  });

  it("has none for a reference without values", () => {
    expect(gridOfSummary({ ...summaryOf([1]), sorted: new Float64Array() })).toBeUndefined();
  });
});

describe("GridCounts", () => {
  it("merges exactly, survives being stored, and refuses another grid", () => {
    const grid = new ReferenceGrid(Float64Array.of(0, 1));
    const [a, b] = [new GridCounts(grid), new GridCounts(grid)];
    a.insert(Float64Array.of(-1, 0, 5));
    b.insert(Float64Array.of(0.5, 1));
    const writer = new ByteWriter();
    a.write(writer);
    const merged = GridCounts.read(new ByteReader(writer.finish()));
    merged.merge(b);
    expect(merged.counts).toEqual(Float64Array.of(1, 2, 2));
    expect(() => a.merge(new GridCounts(new ReferenceGrid(Float64Array.of(0, 2))))).toThrow(
      new SketchMismatchError("Counts on the grid of one reference cannot take in those on another's."),
    );
  });
});
