import { growIsolationForest, isolationScores } from "../../../../services/drift/statistics/isolationForest";
import { tableOf } from "../../../../services/drift/statistics/table";
import { readGolden } from "../../../support/golden";
import { normalTable } from "../../../support/normalTable";

test("the ten planted outliers rank highest", () => {
  const golden = readGolden<{ train: number[][]; test: number[][] }>("outliers");
  for (const seed of [1, 2, 3]) {
    const scores = [...isolationScores(growIsolationForest(tableOf(golden.train), { seed }), tableOf(golden.test))];
    expect(Math.min(...scores.slice(-10))).toBeGreaterThan(Math.max(...scores.slice(0, -10)));
  }
});

test("scores lie between 0 and 1, ordinary rows near one half, and one seed gives one forest", () => {
  const table = normalTable(500, 4, 1);
  const forest = growIsolationForest(table, { seed: 5 });
  expect(growIsolationForest(table, { seed: 5 })).toEqual(forest);
  const scores = isolationScores(forest, table);
  expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
  expect(scores.reduce((sum, score) => sum + score, 0) / 500).toBeCloseTo(0.47, 1);
});

test("rows that cannot be cut apart are all ordinary, constant columns are passed over", () => {
  const same = tableOf([[1], [1], [1], [1]]);
  for (const score of isolationScores(growIsolationForest(same), same)) expect(score).toBeCloseTo(0.5, 12);
  const forest = growIsolationForest(
    tableOf([
      [7, 1],
      [7, 2],
      [7, 9],
    ]),
  );
  for (const { feature } of forest.trees) expect(feature).not.toContain(0);
});

test("another number of columns, or a single row, is refused", () => {
  expect(() => isolationScores(growIsolationForest(normalTable(9, 2, 1)), tableOf([[1]]))).toThrow(
    "the reference has 2 columns and the current table 1: they must be the same",
  );
  expect(() => growIsolationForest(tableOf([[1]]))).toThrow("the reference has 1 row(s): at least 2 needed");
});
