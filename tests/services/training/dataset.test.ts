import { parseDataset, selectRows, toColumns } from "../../../services/training/dataset";

describe("parseDataset", () => {
  const good = "a,target,b\n1,0,2.5\n3,1,-4e-2\r\n5,1,6\n7,0,8\n";

  it("reads features in the header's order, with the target wherever it stands", () => {
    expect(parseDataset(`\uFEFF${good}`, "t.csv")).toEqual({
      features: ["a", "b"],
      rows: [
        [1, 2.5],
        [3, -0.04],
        [5, 6],
        [7, 8],
      ],
      labels: [0, 1, 1, 0],
    });
  });

  it.each([
    ["", 't.csv has no column "target" in its header. Name the column that holds the class (0 or 1) "target".'],
    ["target\n0\n", 't.csv has no feature beside "target". At least one is needed.'],
    ["a,a,target\n", 't.csv line 1: the column name "a" is empty or occurs twice. Give each its own name.'],
    ["a,,target\n", 't.csv line 1: the column name "" is empty or occurs twice. Give each its own name.'],
    ["a,target\n1,0\n1\n", "t.csv line 3 has 1 values; the header names 2 columns."],
    ["a,target\n\n1,0\n", "t.csv line 2 has 1 values; the header names 2 columns."],
    ["a,target\nx,0\n", 't.csv line 2, column a: found "x". Allowed: a finite number. Mend the row or leave it out.'],
    ["a,target\n,0\n", 't.csv line 2, column a: found "". Allowed: a finite number. Mend the row or leave it out.'],
    [
      "a,target\nInfinity,0\n",
      't.csv line 2, column a: found "Infinity". Allowed: a finite number. Mend the row or leave it out.',
    ],
    ["a,target\n1,2\n", "t.csv line 2: the column target holds 2. Allowed: 0 or 1."],
    [
      "a,target\n1,0\n1,0\n1,1\n",
      "t.csv holds 2 rows of class 0 and 1 of class 1. At least 2 of each are needed, so that both can be trained on and held out.",
    ],
  ])("refuses %j", (text, message) => {
    expect(() => parseDataset(text, "t.csv")).toThrow(message);
  });

  it("selects rows and turns them into columns", () => {
    const selected = selectRows(parseDataset(good, "t.csv"), [2, 0]);
    expect(selected.labels).toEqual([1, 0]);
    expect(toColumns(selected)).toEqual({ a: [5, 1], b: [6, 2.5] });
    expect(() => selectRows(selected, [2])).toThrow("Row 2 is outside 0..1.");
  });
});
