import { formatTable } from "../../../tools/cli/table";

test("columns line up, and lines have no blanks at their end", () => {
  expect(
    formatTable([
      ["NAME", "STATE"],
      ["drift", ""],
      ["a", "running", "8 s"],
    ]),
  ).toBe("NAME   STATE\ndrift\na      running  8 s");
  expect(formatTable([])).toBe("");
});
