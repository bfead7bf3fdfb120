import { parseColumns } from "../../../../services/drift/columns";
import { columnQuality } from "../../../../services/drift/quality/columnQuality";
import { type ColumnSummary, summarise } from "../../../../services/drift/summary";
import { normalTable } from "../../../support/normalTable";

const summary = (values: unknown[]): ColumnSummary => {
  const [column] = parseColumns({ x: values }, {});
  if (!column) throw new Error("no column");
  return summarise(column);
};
const problems = (reference: unknown[], current: unknown[]) =>
  columnQuality(summary(reference), summary(current)).map(
    ({ level, check, message }) => `${level} ${check}: ${message}`,
  );
const count = (length: number) => Array.from({ length }, (_, i) => i);
const words = (...parts: [string, number][]) => parts.flatMap(([word, times]) => new Array<string>(times).fill(word));

describe("columnQuality", () => {
  it.each<[string, unknown[], unknown[], string[]]>([
    ["nothing", count(100), count(100), []],
    [
      "missing values",
      count(100),
      [...count(50), ...new Array(50).fill(null)],
      ['failure missing_values: "x" lacks 50% of its values; the reference lacked 0%.'],
    ],
    ["as many missing as before", [1, 2, null, 4], [1, null, 3, 4], []],
    [
      "a constant",
      count(100),
      new Array(40).fill(7),
      ['failure constant: "x" has one value in all 40 rows; the reference had 100.'],
    ],
    ["a constant that was one", new Array(40).fill(7), new Array(40).fill(7), []],
    [
      "numbers out of range",
      count(100),
      [...count(80), ...count(20).map((i) => 1000 + i)],
      ['warning out_of_range: "x" has 20 of 100 values outside the reference\'s range 0 to 99: 0 to 1019 now.'],
    ],
    [
      "a new category",
      words(["a", 50], ["b", 50]),
      words(["a", 50], ["b", 49], ["c", 1]),
      ['warning new_categories: "x" has 1 new categories in 1 of 100 rows: "c".'],
    ],
    [
      "a lost category",
      words(["a", 50], ["b", 50]),
      words(["a", 30]),
      [
        'failure constant: "x" has one value in all 30 rows; the reference had 2.',
        'warning lost_categories: "x" lacks 1 categories that were 50% of the reference: "b".',
      ],
    ],
    ["a rare category that the window may well lack", words(["a", 99], ["b", 1]), words(["a", 10]), []],
  ])("sees %s", (_, reference, current, expected) => {
    expect(problems(reference, current)).toEqual(expected);
  });

  it("hardly ever accuses sound windows", () => {
    let accused = 0;
    for (let seed = 0; seed < 300; seed++) {
      const [reference, current] = [normalTable(300, 1, seed), normalTable(200, 1, 1000 + seed)];
      accused += problems([...reference.values], [...current.values]).length;
    }
    expect(accused).toBeLessThanOrEqual(3);
  });
});
