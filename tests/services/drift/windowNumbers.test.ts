import { type NumericColumn, parseColumns } from "../../../services/drift/columns";
import { sequenceMoments } from "../../../services/drift/statistics/autocorrelation";
import { type NumericSummary, summarise } from "../../../services/drift/summary";
import { WindowNumbers } from "../../../services/drift/windowNumbers";
import { normalTable } from "../../support/normalTable";

const columnOf = (values: unknown) => {
  const [column] = parseColumns({ x: values }, {});
  return column as NumericColumn;
};
const windowOf = (values: unknown) => {
  const column = columnOf(values);
  return new WindowNumbers(column, sequenceMoments(column.values));
};

describe("WindowNumbers", () => {
  it.each([
    ["of many values", Array.from(normalTable(900, 1, 3).values)],
    ["of few values", Array.from({ length: 900 }, (_, i) => i % 7)],
    ["with some missing", [3, null, 1, 2, null]],
    ["without any value", Float64Array.of(Number.NaN)],
  ])("says of a column %s what its summary says", (_, values) => {
    const window = windowOf(values);
    const summary = summarise(columnOf(values)) as NumericSummary;
    expect(Array.from(window.sorted)).toEqual(Array.from(summary.sorted));
    expect([window.rows, window.missing, window.count, window.distinct]).toEqual([
      summary.rows,
      summary.missing,
      summary.count,
      summary.distinct,
    ]);
    expect(window.counts && [...window.counts]).toEqual(summary.counts && [...summary.counts]);
    expect(Array.from(window.edges)).toEqual(Array.from(summary.edges));
    expect(Array.from(window.binCounts)).toEqual(Array.from(summary.binCounts));
    expect(window.mean).toBeCloseTo(summary.mean, 12);
    expect(window.deviation).toBeCloseTo(summary.deviation, 12);
  });

  it("lies beside a long reference without being sorted, once, and not beside a short one", () => {
    const window = windowOf(Array.from(normalTable(900, 1, 3).values));
    const reference = summarise(columnOf(Array.from(normalTable(900, 1, 4).values))) as NumericSummary;
    const placed = window.beside(reference);
    expect(placed?.size).toBe(900);
    expect(window.beside(reference)).toBe(placed);
    expect(window.beside(summarise(columnOf([1.5, 2.5])) as NumericSummary)).toBeUndefined();
    expect(windowOf([1, 2, 3]).beside(reference)).toBeUndefined();
    // Once its values are in order, walking through them costs no more than placing them.
    expect(window.sorted).toHaveLength(900);
    expect(window.beside(reference)).toBe(placed);
    const other = summarise(columnOf(Array.from(normalTable(900, 1, 5).values))) as NumericSummary;
    expect(window.beside(other)).toBeUndefined();
  });

  it("of few values lies beside a reference of few by their counts", () => {
    const few = (by: number) => Array.from({ length: 700 }, (_, i) => (i % 7) + by);
    const reference = summarise(columnOf(few(0))) as NumericSummary;
    expect(windowOf(few(1)).beside(reference)).toMatchObject({ size: 700, gap: 70_000, area: 1, outside: 100 });
    expect(windowOf(few(1)).beside(summarise(columnOf([...Array(99).keys()])) as NumericSummary)).toBeUndefined();
  });
});
