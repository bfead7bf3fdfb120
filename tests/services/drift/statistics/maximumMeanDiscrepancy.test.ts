import {
  linearTimeMmd,
  MMD_MAX_ROWS,
  maximumMeanDiscrepancy,
  mmdPermutationTest,
} from "../../../../services/drift/statistics/maximumMeanDiscrepancy";
import { tableOf } from "../../../../services/drift/statistics/table";
import { readGolden } from "../../../support/golden";
import { normalTable } from "../../../support/normalTable";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: {
    shift: number;
    reference: number[][];
    current: number[][];
    sigma_median: number;
    mmd2_unbiased: number;
    mmd2_biased: number;
  }[];
}

test.each(readGolden<Golden>("drift_multivariate").cases)("numpy's discrepancy: shift $shift", (golden) => {
  const result = maximumMeanDiscrepancy(tableOf(golden.reference), tableOf(golden.current));
  expectNear(result.sigma, golden.sigma_median);
  expectNear(result.unbiased, golden.mmd2_unbiased);
  expectNear(result.biased, golden.mmd2_biased);
});

test.each([
  [30, 50],
  [50, 30],
])("the permutation test keeps the observed estimates whichever side is smaller: %d against %d rows", (n, m) => {
  const [a, b] = [normalTable(n, 3, 1), normalTable(m, 3, 2, 2)];
  const result = mmdPermutationTest(a, b, { permutations: 199, seed: 9 });
  expect(result).toMatchObject(maximumMeanDiscrepancy(a, b));
  expect(result.pValue).toBe(1 / 200);
  expect(mmdPermutationTest(a, b, { permutations: 199, seed: 9 })).toEqual(result);
});

test("without drift p-values are spread over 0 to 1, and false alarms keep to their level", () => {
  let alarms = 0;
  for (let run = 0; run < 200; run++) {
    const { pValue } = mmdPermutationTest(normalTable(20, 2, 2 * run), normalTable(15, 2, 2 * run + 1), {
      permutations: 99,
      seed: run,
    });
    if (pValue <= 0.05) alarms++;
  }
  // A binomial of 200 at 0.05 exceeds 22 once in ten thousand.
  expect(alarms).toBeLessThanOrEqual(22);
  expect(alarms).toBeGreaterThan(0);
});

test("which table comes first changes nothing, and a table lies 0 from itself", () => {
  const [a, b] = [normalTable(12, 2, 3), normalTable(17, 2, 4, 1)];
  expect(maximumMeanDiscrepancy(b, a).biased).toBeCloseTo(maximumMeanDiscrepancy(a, b).biased, 12);
  expect(maximumMeanDiscrepancy(a, a).biased).toBeCloseTo(0, 12);
});

test("rows that mostly coincide still have a bandwidth", () => {
  const same = tableOf([[1], [1], [1], [1]]);
  expect(maximumMeanDiscrepancy(same, same).sigma).toBe(1);
  expect(maximumMeanDiscrepancy(same, tableOf([[1], [3]])).sigma).toBe(2);
});

test("the linear-time form sees a shift in a large table and nothing where there is none", () => {
  const reference = normalTable(3000, 2, 5);
  expect(linearTimeMmd(reference, normalTable(3000, 2, 6, 0.5)).pValue).toBeLessThan(1e-3);
  expect(linearTimeMmd(reference, normalTable(3000, 2, 6)).pValue).toBeGreaterThan(0.01);
});

test("what it cannot hold or compare is refused", () => {
  const large = { values: new Float64Array(MMD_MAX_ROWS), rows: MMD_MAX_ROWS, columns: 1 };
  expect(() => maximumMeanDiscrepancy(large, tableOf([[1], [2]]))).toThrow(
    "4002 rows in both tables: at most 4000 fit, sample them or use the linear-time form",
  );
  const small = tableOf([[1], [2]]);
  expect(() => maximumMeanDiscrepancy(small, small, { sigma: 0 })).toThrow("sigma is 0: a positive number is needed");
  expect(() => mmdPermutationTest(small, small, { permutations: 0 })).toThrow(
    "0 permutations asked for: a whole number of at least 1 is needed",
  );
  expect(() => linearTimeMmd(small, small)).toThrow("2 and 2 rows: at least 4 of each are needed");
});
