import { parseColumns } from "../../../../services/drift/columns";
import { CategoricalSketch, NumericSketch } from "../../../../services/drift/sketches/columnSketch";
import { compareColumn } from "../../../../services/drift/sketches/compareColumn";
import { gridOfSummary } from "../../../../services/drift/sketches/referenceGrid";
import { SketchMismatchError } from "../../../../services/drift/sketches/sketchErrors";
import { evidentlyNumericVerdict } from "../../../../services/drift/statistics/evidentlyPreset";
import { SeededRandom } from "../../../../services/drift/statistics/seededRandom";
import { type ColumnSummary, summarise, thin } from "../../../../services/drift/summary";

const random = new SeededRandom(1);
const sample = (size: number, shift = 0) => Array.from({ length: size }, () => random.uniform() + shift);
function summaryOf(values: readonly unknown[]): ColumnSummary {
  const [column] = parseColumns({ x: values }, {});
  if (!column) throw new Error("no column");
  return summarise(column);
}
function sketchOf(values: readonly number[], reference?: ColumnSummary): NumericSketch {
  const grid = reference?.kind === "numeric" ? gridOfSummary(reference) : undefined;
  const sketch = new NumericSketch({ grid });
  sketch.insert(Float64Array.from(values));
  return sketch;
}

describe("compareColumn", () => {
  it.each([
    [800, 0],
    [800, 0.2],
    [3_000, 0],
    [3_000, 0.2],
  ])(
    "gives Evidently's verdict for %d rows moved by %d, in grid and quantiles, and is certain of it",
    (size, shift) => {
      const reference = summaryOf(sample(size));
      const values = sample(2_000, shift);
      if (reference.kind !== "numeric") throw new Error("numeric");
      const exact = evidentlyNumericVerdict(reference.sorted, Float64Array.from(values).sort());
      for (const sketch of [sketchOf(values), sketchOf(values, reference)]) {
        const found = compareColumn(reference, sketch);
        expect(found).toMatchObject({ drifted: exact.drifted, threshold: exact.threshold, test: exact.test });
        const { low, high } = found.pValue ?? found.statistic;
        expect(low - 1e-9 <= exact.value && exact.value <= high + 1e-9).toBe(true);
        expect(found).toMatchObject({ certain: true, referenceRows: size, currentRows: 2_000 });
      }
    },
  );

  it("says when the exact score might give another verdict", () => {
    const reference = summaryOf(sample(5_000));
    const sketch = sketchOf(sample(5_000, 0.0289), reference);
    const found = compareColumn(reference, sketch);
    expect(found.statistic.error).toBeGreaterThan(0);
    expect(found.certain).toBe(found.statistic.high < 0.1 || found.statistic.low >= 0.1);
  });

  it("knows the PSI exactly and the ends of the data when the reference was thinned", () => {
    const whole = summaryOf([...sample(4_000), -50, 70]);
    const thinned = thin(whole, 200);
    const values = sample(3_000, 0.1);
    const [exact, rough] = [whole, thinned].map((reference) => compareColumn(reference, sketchOf(values, thinned)));
    expect(rough?.psi).toEqual(exact?.psi);
    expect(rough?.psi.error).toBe(0);
    expect(rough?.statistic.low).toBeLessThanOrEqual(exact?.statistic.value ?? Number.NaN);
    expect(rough?.statistic.high).toBeGreaterThanOrEqual(exact?.statistic.value ?? Number.NaN);
  });

  it("compares categories, and numbers of which there are few, value by value and exactly", () => {
    const words = new CategoricalSketch();
    words.insert([..."aaaabbc", null]);
    const categorical = compareColumn(summaryOf([..."aabbb"]), words);
    expect(categorical).toMatchObject({
      test: "chi_square",
      statistic: { error: 0 },
      pValue: { error: 0 },
      certain: true,
    });
    const many = summaryOf(Array.from({ length: 4_000 }, (_, i) => i % 3));
    const digits = compareColumn(many, sketchOf([0, 0, 0, 1, 2, 2], many));
    expect(digits).toMatchObject({ test: "jensen_shannon_nats", statistic: { error: 0 }, drifted: true });
  });

  it("refuses kinds that differ", () => {
    expect(() => compareColumn(summaryOf(["a"]), new NumericSketch())).toThrow(
      new SketchMismatchError('Column "x" is categorical in the reference and numeric in the window.'),
    );
  });
});
