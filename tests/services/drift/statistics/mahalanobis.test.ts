import {
  fitMahalanobis,
  mahalanobisDistances,
  mahalanobisOfMean,
} from "../../../../services/drift/statistics/mahalanobis";
import { tableOf } from "../../../../services/drift/statistics/table";
import { readGolden } from "../../../support/golden";
import { normalTable } from "../../../support/normalTable";
import { expectNear } from "../../../support/numbers";

interface Multivariate {
  cases: { shift: number; reference: number[][]; current: number[][]; mahalanobis_of_current_mean: number }[];
}

interface Outliers {
  train: number[][];
  test: number[][];
  mahalanobis: number[];
}

test.each(readGolden<Multivariate>("drift_multivariate").cases)("the distance of the mean: shift $shift", (golden) => {
  const model = fitMahalanobis(tableOf(golden.reference));
  expectNear(mahalanobisOfMean(model, tableOf(golden.current)), golden.mahalanobis_of_current_mean);
});

test("the distance of each row", () => {
  const golden = readGolden<Outliers>("outliers");
  const distances = mahalanobisDistances(fitMahalanobis(tableOf(golden.train)), tableOf(golden.test));
  for (const [i, expected] of golden.mahalanobis.entries()) expectNear(distances[i] ?? 0, expected);
});

test("units do not matter", () => {
  const reference = normalTable(50, 3, 1);
  const rescale = ({ values, rows, columns }: typeof reference) => ({
    values: values.map((value, i) => value * ([1, 1000, 0.01][i % 3] ?? 1) + 7),
    rows,
    columns,
  });
  const current = normalTable(10, 3, 2);
  const plain = mahalanobisDistances(fitMahalanobis(reference), current);
  const rescaled = mahalanobisDistances(fitMahalanobis(rescale(reference)), rescale(current));
  for (const [i, distance] of plain.entries()) expect(rescaled[i]).toBeCloseTo(distance, 9);
});

test("another number of columns is refused", () => {
  expect(() => mahalanobisDistances(fitMahalanobis(normalTable(9, 2, 1)), tableOf([[1]]))).toThrow(
    "the reference has 2 columns and the current table 1: they must be the same",
  );
});
