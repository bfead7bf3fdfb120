import { countCategories } from "../../../../services/drift/statistics/counts";
import {
  chooseEvidentlyTest,
  type EvidentlyVerdict,
  evidentlyCategoricalVerdict,
  evidentlyNumericVerdict,
  evidentlyTableVerdict,
} from "../../../../services/drift/statistics/evidentlyPreset";
import { sortSample } from "../../../../services/drift/statistics/samples";
import { readGolden } from "../../../support/golden";
import { expectNear } from "../../../support/numbers";

interface Golden {
  cases: {
    rows: number;
    reference: Record<string, (number | string)[]>;
    current: Record<string, (number | string)[]>;
    types: { numerical: string[]; categorical: string[] };
    metrics: { value: number | { count: number; share: number }; config: Record<string, unknown> }[];
  }[];
}

const methods: Record<string, string> = {
  "K-S p_value": "kolmogorov_smirnov",
  "chi-square p_value": "chi_square",
  "Z-test p_value": "z_test",
  "Wasserstein distance (normed)": "wasserstein_normed",
  "Jensen-Shannon distance": "jensen_shannon",
};

test.each(readGolden<Golden>("evidently_tables").cases)("Evidently's verdicts on its table of $rows rows", (golden) => {
  const verdicts: EvidentlyVerdict[] = [];
  for (const { value, config } of golden.metrics) {
    const { column, method, threshold } = config;
    if (typeof column !== "string" || typeof value !== "number") continue;
    const verdict = verdictOf(golden, column);
    expect(verdict).toMatchObject({ test: methods[String(method)], threshold });
    expectNear(verdict.value, value);
    verdicts.push(verdict);
  }
  const table = evidentlyTableVerdict(verdicts);
  expect(golden.metrics[0]?.value).toEqual({ count: table.driftedColumns, share: table.share });
});

function verdictOf({ reference, current, types }: Golden["cases"][number], column: string): EvidentlyVerdict {
  const before = reference[column] ?? [];
  const after = current[column] ?? [];
  if (types.numerical.includes(column)) {
    return evidentlyNumericVerdict(sortSample(before.map(Number)), sortSample(after.map(Number)));
  }
  const counts = countCategories(before, after);
  return evidentlyCategoricalVerdict(counts.reference, counts.current);
}

test("the choice turns at 1,000 reference rows, 5 distinct numbers and 2 categories", () => {
  expect(chooseEvidentlyTest("numeric", 1000, 6)).toBe("kolmogorov_smirnov");
  expect(chooseEvidentlyTest("numeric", 1000, 5)).toBe("chi_square");
  expect(chooseEvidentlyTest("numeric", 1000, 2)).toBe("z_test");
  expect(chooseEvidentlyTest("categorical", 1000, 3)).toBe("chi_square");
  expect(chooseEvidentlyTest("categorical", 10, 2)).toBe("z_test");
  expect(chooseEvidentlyTest("numeric", 1001, 6)).toBe("wasserstein_normed");
  expect(chooseEvidentlyTest("numeric", 1001, 5)).toBe("jensen_shannon");
  expect(chooseEvidentlyTest("categorical", 1001, 2)).toBe("jensen_shannon");
});

test("distinct numbers are counted over both samples", () => {
  expect(evidentlyNumericVerdict(sortSample([1, 2, 3]), sortSample([4, 5])).test).toBe("chi_square");
  expect(evidentlyNumericVerdict(sortSample([1, 2, 3]), sortSample([4, 5, 6])).test).toBe("kolmogorov_smirnov");
});

test("categories neither sample has are not counted, and a constant column has not drifted", () => {
  expect(evidentlyCategoricalVerdict([5, 0, 5], [4, 0, 6]).test).toBe("z_test");
  expect(evidentlyCategoricalVerdict([5], [9])).toEqual({ test: "z_test", value: 1, threshold: 0.05, drifted: false });
});

test("half of the columns make a table drifted", () => {
  expect(evidentlyTableVerdict([{ drifted: true }, { drifted: false }])).toEqual({
    driftedColumns: 1,
    share: 0.5,
    drifted: true,
  });
  expect(evidentlyTableVerdict([{ drifted: true }, { drifted: false }], 0.6).drifted).toBe(false);
  expect(() => evidentlyTableVerdict([])).toThrow("no columns given: at least 1 is needed");
});
