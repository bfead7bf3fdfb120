import { driftFixture } from "../../support/driftService";
import { readGolden } from "../../support/golden";
import { expectNear } from "../../support/numbers";

const { call } = driftFixture();

interface NumericGolden {
  cases: {
    name: string;
    reference: number[];
    current: number[];
    expected: {
      ks: { statistic: number; p_value_exact: number };
      psi_10_quantile_bins_eps_1e_4: number;
      wasserstein_normed: number;
      energy: number;
      jensen_shannon_same_bins: number;
      t_test_welch_p: number;
    };
  }[];
}
interface CategoricalGolden {
  cases: {
    name: string;
    reference: string[];
    current: string[];
    expected: {
      chi2_contingency: { statistic: number; p_value: number };
      chi2_goodness_of_fit_p: number;
      jensen_shannon_base2: number;
      total_variation: number;
    };
  }[];
}
interface EvidentlyGolden {
  cases: {
    rows: number;
    reference: Record<string, (number | string)[]>;
    current: Record<string, (number | string)[]>;
    types: { numerical: string[]; categorical: string[] };
    metrics: {
      value: number | { count: number; share: number };
      config: { column?: string; method?: string; threshold?: number };
    }[];
  }[];
}

/** Stores the reference, compares the window by each test, and gives the column's reports by test. */
async function compareBy(id: string, reference: unknown[], current: unknown[], tests: readonly string[]) {
  expect((await call("PUT", `/references/${id}`, { columns: { x: reference } })).status).toBe(201);
  const reports = await Promise.all(
    tests.map(async (test) => {
      const request = { reference_id: id, columns: { x: current }, tests: { x: { test, threshold: 0.5 } } };
      const { status, body } = await call("POST", "/detect-drift", request);
      expect(status).toBe(200);
      return [test, body.columns.x] as const;
    }),
  );
  return Object.fromEntries(reports);
}

describe("golden figures through the API", () => {
  it.each(readGolden<NumericGolden>("drift_numeric").cases)(
    "numeric: $name",
    async ({ name, reference, current, expected }) => {
      const tests = ["kolmogorov_smirnov", "psi", "wasserstein_normed", "energy", "jensen_shannon", "welch_t"];
      const by = await compareBy(`golden-${name}`, reference, current, tests);
      expectNear(by.kolmogorov_smirnov.statistic, expected.ks.statistic);
      expectNear(by.kolmogorov_smirnov.p_value, expected.ks.p_value_exact);
      expectNear(by.psi.statistic, expected.psi_10_quantile_bins_eps_1e_4);
      expectNear(by.kolmogorov_smirnov.psi, expected.psi_10_quantile_bins_eps_1e_4);
      expectNear(by.wasserstein_normed.statistic, expected.wasserstein_normed);
      expectNear(by.energy.statistic, expected.energy);
      expectNear(by.jensen_shannon.statistic, expected.jensen_shannon_same_bins);
      expectNear(by.welch_t.p_value, expected.t_test_welch_p);
    },
  );

  it.each(readGolden<CategoricalGolden>("drift_categorical").cases)("categorical: $name", async (golden) => {
    const { name, reference, current, expected } = golden;
    const tests = ["chi_square", "chi_square_goodness_of_fit", "jensen_shannon", "total_variation"];
    const by = await compareBy(`golden-categories-${name}`, reference, current, tests);
    expectNear(by.chi_square.statistic, expected.chi2_contingency.statistic);
    expectNear(by.chi_square.p_value, expected.chi2_contingency.p_value);
    expectNear(by.chi_square_goodness_of_fit.p_value, expected.chi2_goodness_of_fit_p);
    expectNear(by.jensen_shannon.statistic, expected.jensen_shannon_base2);
    expectNear(by.total_variation.statistic, expected.total_variation);
  });

  it.each(readGolden<EvidentlyGolden>("evidently_tables").cases)("Evidently's verdicts: $rows rows", async (golden) => {
    const id = `evidently-${golden.rows}`;
    const kinds = Object.fromEntries(golden.types.categorical.map((name) => [name, "categorical"]));
    await call("PUT", `/references/${id}`, { columns: golden.reference, kinds });
    const { body } = await call("POST", "/detect-drift", { reference_id: id, columns: golden.current });
    const names: Record<string, string> = {
      "K-S p_value": "kolmogorov_smirnov",
      "chi-square p_value": "chi_square_goodness_of_fit",
      "Z-test p_value": "z_test",
      "Wasserstein distance (normed)": "wasserstein_normed",
      "Jensen-Shannon distance": "jensen_shannon_nats",
    };
    for (const { value, config } of golden.metrics) {
      if (typeof value === "object") {
        expect(body.features_affected).toHaveLength(value.count);
        expectNear(body.drift_score, value.share);
        continue;
      }
      const column = body.columns[config.column ?? ""];
      expect(column.test).toBe(names[config.method ?? ""]);
      expect(column.threshold).toBe(config.threshold);
      expectNear(column.p_value ?? column.statistic, value);
    }
  });
});
