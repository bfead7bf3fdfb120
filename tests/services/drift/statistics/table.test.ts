import {
  requireRows,
  requireSameColumns,
  squaredDistance,
  stackTables,
  tableOf,
} from "../../../../services/drift/statistics/table";

const table = tableOf([
  [1, 2],
  [4, 6],
]);

test("rows lie one after the other, and tables below one another", () => {
  expect(table).toEqual({ values: Float64Array.of(1, 2, 4, 6), rows: 2, columns: 2 });
  expect([...stackTables(table, tableOf([[7, 8]])).values]).toEqual([1, 2, 4, 6, 7, 8]);
  expect(squaredDistance(table, 0, table, 1)).toBe(25);
});

test("what is no table is refused, and says where", () => {
  expect(() => tableOf([])).toThrow("the table is empty: at least 1 row of 1 column is needed");
  expect(() => tableOf([[1, 2], [3]])).toThrow("row 1 has 1 values and row 0 has 2: rows must be equally long");
  expect(() => tableOf([[1, Number.NaN]])).toThrow("row 0, column 1 is NaN: only finite numbers");
  expect(() => requireSameColumns(table, tableOf([[1]]))).toThrow(
    "the reference has 2 columns and the current table 1: they must be the same",
  );
  expect(() => requireRows(table, "the window", 3)).toThrow("the window has 2 row(s): at least 3 needed");
});
