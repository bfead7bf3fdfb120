import { forestScores, growDecisionForest } from "../../../../services/drift/statistics/decisionForest";
import { tableOf } from "../../../../services/drift/statistics/table";
import { normalTable } from "../../../support/normalTable";

test("a class that no straight line parts is learnt", () => {
  const table = normalTable(800, 3, 1);
  const inside = (i: number) => (table.values[3 * i] ?? 0) ** 2 + (table.values[3 * i + 1] ?? 0) ** 2 < 1.4;
  const classes = Uint8Array.from({ length: 800 }, (_, i) => (inside(i) ? 1 : 0));
  const scores = forestScores(
    growDecisionForest(table, classes),
    tableOf([
      [0, 0, 0],
      [2.5, 2.5, 0],
      [-2, 0.1, 0],
    ]),
  );
  expect(scores[0]).toBeGreaterThan(0.8);
  expect(scores[1]).toBeLessThan(0.2);
  expect(scores[2]).toBeLessThan(0.3);
});

test("one seed gives one forest, and one class one answer", () => {
  const table = normalTable(60, 2, 2);
  const classes = Uint8Array.from({ length: 60 }, (_, i) => i % 2);
  expect(growDecisionForest(table, classes, { seed: 4 })).toEqual(growDecisionForest(table, classes, { seed: 4 }));
  expect([...forestScores(growDecisionForest(table, new Uint8Array(60)), table)]).toEqual(new Array(60).fill(0));
});
