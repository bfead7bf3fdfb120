import fc from "fast-check";
import { parseColumns } from "../../../services/drift/columns";
import { kolmogorovSmirnovStatistic } from "../../../services/drift/statistics/kolmogorovSmirnov";
import { type NumericSummary, summarise, thin } from "../../../services/drift/summary";

function numeric(values: readonly (number | null)[]): NumericSummary {
  const [column] = parseColumns({ x: values }, { x: "numeric" });
  const summary = column && summarise(column);
  if (summary?.kind !== "numeric") throw new Error("not numeric");
  return summary;
}

describe("summarise", () => {
  it("sorts, counts, and finds moments and bins", () => {
    const summary = numeric([3, null, 1, 2, 2]);
    expect([...summary.sorted]).toEqual([1, 2, 2, 3]);
    expect(summary).toMatchObject({
      rows: 5,
      missing: 1,
      count: 4,
      mean: 2,
      distinct: 3,
      counts: new Map([
        [1, 1],
        [2, 2],
        [3, 1],
      ]),
    });
    expect(summary.deviation).toBeCloseTo(Math.SQRT1_2, 12);
    expect(summary.edges).toHaveLength(11);
    expect([...summary.binCounts].reduce((a, b) => a + b)).toBe(4);
  });

  it("keeps no counts of many distinct values, and takes a column of nulls", () => {
    const many = numeric(Array.from({ length: 51 }, (_, i) => i));
    expect(many.distinct).toBe(51);
    expect(many.counts).toBeUndefined();
    expect(numeric([null, null])).toMatchObject({ rows: 2, missing: 2, count: 0, distinct: 0 });
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        expect(numeric([...values].reverse())).toEqual(numeric(values));
      }),
    );
  });
});

describe("thin", () => {
  it("keeps the distribution function within half a step", () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 3000 }), fc.integer({ min: 10, max: 59 }), (length, limit) => {
        const whole = numeric(Array.from({ length }, (_, i) => Math.sin(i) * i));
        const kept = thin(whole, limit);
        if (kept.kind !== "numeric") throw new Error("not numeric");
        expect(kept.sorted).toHaveLength(limit);
        expect(kept.count).toBe(length);
        // Half a step, and at most one value more where the step is not whole.
        expect(kolmogorovSmirnovStatistic(whole.sorted, kept.sorted)).toBeLessThanOrEqual(0.5 / limit + 1 / length);
      }),
    );
  });

  it("leaves alone what is small, or has few distinct values", () => {
    const few = numeric(Array.from({ length: 100 }, (_, i) => i % 7));
    const small = numeric(Array.from({ length: 60 }, (_, i) => i));
    expect(thin(few, 10)).toBe(few);
    expect(thin(small, 60)).toBe(small);
  });
});
