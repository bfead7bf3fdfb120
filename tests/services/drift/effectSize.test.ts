import { parseColumns } from "../../../services/drift/columns";
import { effectOf } from "../../../services/drift/effectSize";
import { type ColumnSummary, summarise } from "../../../services/drift/summary";

const summary = (values: unknown[]): ColumnSummary => {
  const [column] = parseColumns({ x: values }, {});
  if (!column) throw new Error("no column");
  return summarise(column);
};
const count = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);

describe("effectOf", () => {
  it("is the widest gap of the distribution functions for numbers, with the shift of the mean", () => {
    expect(effectOf(summary(count(0, 100)), summary(count(10, 100)))).toEqual({
      measure: "kolmogorov_smirnov_distance",
      value: expect.closeTo(0.1, 12),
      size: "small",
      mean_shift: expect.closeTo(10 / Math.sqrt((100 ** 2 - 1) / 12), 12),
    });
    expect(effectOf(summary(count(0, 10)), summary(count(50, 10)))).toMatchObject({ value: 1, size: "large" });
  });

  it("is the share that would have to move for categories", () => {
    const effect = effectOf(summary(["a", "a", "a", "b"]), summary(["a", "b", "b", "b"]));
    expect(effect).toEqual({ measure: "total_variation", value: 0.5, size: "large" });
  });

  it("has no shift in deviations where the reference has none", () => {
    expect(effectOf(summary([5, 5, 5]), summary([5, 5, 6]))).not.toHaveProperty("mean_shift");
  });
});
