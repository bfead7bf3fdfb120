import { fitLocalOutlierFactor, localOutlierFactors } from "../../../../services/drift/statistics/localOutlierFactor";
import { tableOf } from "../../../../services/drift/statistics/table";
import { readGolden } from "../../../support/golden";
import { normalTable } from "../../../support/normalTable";
import { expectNear } from "../../../support/numbers";

test("scikit-learn's novelty scores", () => {
  const golden = readGolden<{ train: number[][]; test: number[][]; lof_novelty_k20: number[] }>("outliers");
  const factors = localOutlierFactors(fitLocalOutlierFactor(tableOf(golden.train)), tableOf(golden.test));
  for (const [i, expected] of golden.lof_novelty_k20.entries()) expectNear(factors[i] ?? 0, expected);
});

test("about 1 inside, far above outside, and finite where rows coincide", () => {
  const model = fitLocalOutlierFactor(normalTable(200, 2, 1), 15);
  const [inside = 0, outside = 0] = localOutlierFactors(
    model,
    tableOf([
      [0, 0],
      [9, 9],
    ]),
  );
  expect(inside).toBeGreaterThan(0.8);
  expect(inside).toBeLessThan(1.3);
  expect(outside).toBeGreaterThan(3);
  const same = fitLocalOutlierFactor(tableOf([[1], [1], [1], [1]]), 2);
  expect(localOutlierFactors(same, tableOf([[1]]))[0]).toBeCloseTo(1, 9);
});

test("more neighbours than other rows are refused", () => {
  expect(() => fitLocalOutlierFactor(tableOf([[1], [2]]), 2)).toThrow(
    "2 neighbours of 2 rows asked for: 1 to rows - 1 are possible",
  );
});
