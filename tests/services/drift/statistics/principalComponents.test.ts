import {
  fitPrincipalComponents,
  reconstructionErrors,
} from "../../../../services/drift/statistics/principalComponents";
import { type Table, tableOf } from "../../../../services/drift/statistics/table";
import { normalTable } from "../../../support/normalTable";

/** Two columns that move together and a third of their halved sum, with a little noise. */
function correlated(rows: number, seed: number, together: number): Table {
  const noise = normalTable(rows, 3, seed);
  return tableOf(
    Array.from({ length: rows }, (_, i) => {
      const [a = 0, b = 0, c = 0] = noise.values.subarray(3 * i, 3 * i + 3);
      return [10 * a, 10 * (together * a + Math.sqrt(1 - together ** 2) * b), 5 * a + 0.1 * c];
    }),
  );
}

test("the fewest components that explain more than the share are kept", () => {
  const reference = correlated(300, 1, 0.99);
  expect(fitPrincipalComponents(reference).count).toBe(1);
  expect(fitPrincipalComponents(reference, 0.99999).count).toBe(3);
  expect(fitPrincipalComponents(normalTable(300, 4, 2)).count).toBe(3);
});

test("all components leave no error, and a constant column is not divided by", () => {
  const constant = tableOf([
    [1, 5],
    [2, 5],
    [4, 5],
  ]);
  const model = fitPrincipalComponents(constant, 0.999);
  expect([...model.scale]).toEqual([expect.any(Number), 1]);
  for (const error of reconstructionErrors(model, constant)) expect(error).toBeCloseTo(0, 12);
});

test("the error grows when columns part though each stays as it was", () => {
  const model = fitPrincipalComponents(correlated(300, 1, 0.99));
  const mean = (table: Table) => reconstructionErrors(model, table).reduce((sum, e) => sum + e, 0) / table.rows;
  expect(mean(correlated(300, 3, 0))).toBeGreaterThan(4 * mean(correlated(300, 3, 0.99)));
});

test("a share outside 0 to 1 is refused", () => {
  expect(() => fitPrincipalComponents(normalTable(9, 2, 1), 1)).toThrow(
    "share is 1: a number between 0 and 1 is needed",
  );
});
