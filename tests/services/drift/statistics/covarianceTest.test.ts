import { covarianceTest } from "../../../../services/drift/statistics/covarianceTest";
import type { Table } from "../../../../services/drift/statistics/table";
import { normalTable } from "../../../support/normalTable";

/** The second column takes over a share of the first. */
const mixed = (table: Table, share: number): Table => {
  const values = Float64Array.from(table.values);
  for (let i = 0; i < table.rows; i++) {
    const [x, y] = [values[i * table.columns] as number, values[i * table.columns + 1] as number];
    values[i * table.columns + 1] = share * x + Math.sqrt(1 - share * share) * y;
  }
  return { ...table, values };
};

describe("covarianceTest", () => {
  it("finds columns that began to move together, and spreads that changed, but no shift of means", () => {
    const reference = normalTable(120, 3, 1);
    expect(covarianceTest(reference, mixed(normalTable(120, 3, 2), 0.8)).pValue).toBe(0.01);
    const wide = normalTable(120, 3, 3);
    expect(covarianceTest(reference, { ...wide, values: wide.values.map((v) => v * 2) }).pValue).toBe(0.01);
    expect(covarianceTest(reference, normalTable(120, 3, 4, 5)).pValue).toBeGreaterThan(0.05);
  });

  it("errs at its level without drift", () => {
    let alarms = 0;
    for (let seed = 0; seed < 200; seed++) {
      const result = covarianceTest(normalTable(40, 3, 2 * seed), normalTable(30, 3, 2 * seed + 1), {
        permutations: 39,
      });
      if (result.pValue <= 0.05) alarms++;
    }
    expect(alarms).toBeLessThanOrEqual(20);
  });

  it("refuses tables too small or unlike", () => {
    expect(() => covarianceTest(normalTable(2, 3, 1), normalTable(9, 3, 2))).toThrow("the reference");
    expect(() => covarianceTest(normalTable(9, 2, 1), normalTable(9, 3, 2))).toThrow("columns");
  });
});
