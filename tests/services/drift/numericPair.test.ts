import { summariseColumns } from "../../../services/drift/dataSummary";
import {
  countInReferenceBins,
  countOutside,
  kolmogorovSmirnovBetween,
  testByKolmogorovSmirnov,
  wassersteinBetween,
} from "../../../services/drift/numericPair";
import type { NumericSummary } from "../../../services/drift/summary";
import { normalTable } from "../../support/normalTable";

describe("a window beside a reference", () => {
  it.each([0, 0.02, 0.7, 9])("has the same scores sorted and unsorted, shifted by %d", async (shift) => {
    const draw = (seed: number, by: number) => normalTable(1500, 1, seed).values.map((value) => value + by);
    const columnOf = async (values: Float64Array, side: "reference" | "window") =>
      (await summariseColumns({ x: values }, {}, side)).columns.get("x") as NumericSummary;
    const reference = await columnOf(draw(1, 0), "reference");
    const unsorted = await columnOf(draw(2, shift), "window");
    const sorted = await columnOf(draw(2, shift), "reference");
    expect(unsorted.beside?.(reference)).toBeDefined();
    expect(sorted.beside?.(reference)).toBeUndefined();
    expect(testByKolmogorovSmirnov(reference, unsorted)).toEqual(testByKolmogorovSmirnov(reference, sorted));
    expect(kolmogorovSmirnovBetween(reference, unsorted)).toBe(kolmogorovSmirnovBetween(reference, sorted));
    expect(wassersteinBetween(reference, unsorted)).toBeCloseTo(wassersteinBetween(reference, sorted), 11);
    expect(countInReferenceBins(reference, unsorted)).toEqual(countInReferenceBins(reference, sorted));
    expect(countOutside(reference, unsorted)).toBe(countOutside(reference, sorted));
  });
});
