import { CategoricalSketch, NumericSketch } from "../../../../services/drift/sketches/columnSketch";
import { summaryOfSketch } from "../../../../services/drift/sketches/sketchSummary";
import { kolmogorovSmirnovStatistic } from "../../../../services/drift/statistics/kolmogorovSmirnov";
import { type NumericSummary, summarise } from "../../../../services/drift/summary";
import { decodeSummary, encodeSummary } from "../../../../services/drift/summaryCodec";
import { normalTable } from "../../../support/normalTable";

const numbers = (values: Float64Array) => {
  const sketch = new NumericSketch();
  sketch.insert(values);
  return sketch;
};

describe("summaryOfSketch", () => {
  it("says of many numbers what an exact summary says, ranks within the stated error", () => {
    const { values } = normalTable(60_000, 1, 4);
    const summary = summaryOfSketch("x", numbers(values)) as NumericSummary;
    const exact = summarise({ kind: "numeric", name: "x", rows: 60_000, missing: 0, values }) as NumericSummary;
    const { sorted, edges, binCounts, rankError = 0, ...rest } = summary;
    expect(rest).toEqual({
      ...{ kind: "numeric", name: "x", rows: 60_000, missing: 0, count: 60_000 },
      mean: expect.closeTo(exact.mean, 10),
      deviation: expect.closeTo(exact.deviation, 10),
      distinct: expect.any(Number),
    });
    expect([edges[0], edges[10]]).toEqual([exact.edges[0], exact.edges[10]]);
    expect(binCounts.reduce((sum, count) => sum + count)).toBeCloseTo(60_000, 6);
    expect(rankError).toBeGreaterThan(0);
    expect(rankError).toBeLessThan(0.01);
    expect(kolmogorovSmirnovStatistic(sorted, exact.sorted)).toBeLessThanOrEqual(rankError + 1 / sorted.length);
    expect(decodeSummary(encodeSummary(summary))).toEqual(summary);
  });

  it("is exact of few values, and of categories", () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => i % 3);
    const summary = summaryOfSketch("x", numbers(values)) as NumericSummary;
    const exact = summarise({ kind: "numeric", name: "x", rows: 500, missing: 0, values }) as NumericSummary;
    expect({ ...summary, mean: 1, deviation: 1 }).toEqual({ ...exact, mean: 1, deviation: 1 });
    const colours = new CategoricalSketch();
    colours.insert(["red", null, "blue", "red"]);
    expect(summaryOfSketch("c", colours)).toEqual({
      ...{ kind: "categorical", name: "c", rows: 4, missing: 1, count: 3, distinct: 2 },
      counts: new Map([
        ["red", 2],
        ["blue", 1],
      ]),
    });
  });

  it("refuses what a reference cannot be", () => {
    const ids = new CategoricalSketch();
    ids.insert(Array.from({ length: 20_000 }, (_, i) => `id ${i}`));
    expect(() => summaryOfSketch("c", ids)).toThrow(
      'Column "c" has more than 4096 categories; a column of identifiers or free text cannot be tested. Leave it out.',
    );
    expect(() => summaryOfSketch("x", numbers(Float64Array.of(1, Infinity, 1e200)))).toThrow(
      'Column "x" has 2 value(s) that are no finite numbers up to 1e150. Mend them, or leave the column out.',
    );
    expect(() => summaryOfSketch("x", numbers(Float64Array.of(Number.NaN)))).toThrow(
      'Column "x" has no value. Leave it out.',
    );
  });
});
