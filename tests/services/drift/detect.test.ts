import { parseColumns } from "../../../services/drift/columns";
import { type DetectOptions, detectDrift } from "../../../services/drift/detect";
import { summarise, thin } from "../../../services/drift/summary";
import { ServiceError } from "../../../services/runtime/errors";
import { compareTables, repeated } from "../../support/driftTables";

const summaries = (columns: Record<string, unknown[]>) =>
  new Map([...parseColumns(columns, {})].map((column) => [column.name, summarise(column)]));
const compare = compareTables;
const wave = (length: number, shift = 0) => Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 43.7 + shift);
const repeat = repeated;

describe("detectDrift", () => {
  it("orders the affected columns by severity", async () => {
    const reference = { slight: wave(400), strong: wave(400), none: wave(400) };
    const current = { slight: wave(400, 25), strong: wave(400, 100), none: wave(400) };
    const report = await compare(reference, current);
    expect(report.features_affected).toEqual(["strong", "slight"]);
    const severities = report.features_affected.map((name) => report.columns[name]?.severity ?? 0);
    expect(severities[0]).toBeGreaterThan(severities[1] ?? 0);
    expect(report.columns.none?.severity).toBe(0);
  });

  it.each<[string, unknown[], unknown[], string]>([
    ["many numbers, small reference", wave(1000), wave(50), "kolmogorov_smirnov"],
    ["many numbers, large reference", wave(1001), wave(50), "wasserstein_normed"],
    ["few numbers, small reference", repeat(90, 1, 2, 3), repeat(90, 1, 2, 4), "chi_square_goodness_of_fit"],
    ["few numbers, large reference", repeat(1200, 1, 2, 3), repeat(90, 1, 2, 3), "jensen_shannon_nats"],
    ["two categories", repeat(90, "a", "b"), repeat(90, "a", "b"), "z_test"],
    ["one category", repeat(90, "a"), repeat(90, "a"), "z_test"],
    ["three categories with the window's", repeat(90, "a", "b"), repeat(90, "a", "c"), "chi_square_goodness_of_fit"],
    ["more numbers only in the window", repeat(90, 1, 2, 3), wave(90), "kolmogorov_smirnov"],
  ])("chooses the test as Evidently does: %s", async (_, reference, current, test) => {
    const report = await compare({ x: reference }, { x: current });
    expect(report.columns.x?.test).toBe(test);
  });

  it("sees a constant column move, in the index too", async () => {
    const report = await compare({ x: repeat(90, 5) }, { x: repeat(90, 7) });
    expect(report.columns.x).toMatchObject({ test: "z_test", drifted: true });
    expect(report.columns.x?.psi).toBeGreaterThan(1);
  });

  it("says what makes a figure rough", async () => {
    const chi = await compare({ x: repeat(12, "a", "b", "c") }, { x: repeat(9, "a", "b", "c") });
    expect(chi.columns.x?.note).toBe("The smallest expected count is 3; below 5 the p-value is rough.");
    const reference = new Map([...summaries({ x: wave(500) })].map(([name, summary]) => [name, thin(summary, 100)]));
    const thinned = await detectDrift(
      { columns: reference },
      { columns: summaries({ x: wave(500) }) },
      {
        referenceId: "r",
        driftShare: 0.5,
        minimumRows: 5,
        tests: {},
      },
    );
    expect(thinned.columns.x?.note).toBe(
      "The stored reference keeps 100 of 500 values; its distribution function is off by at most 0.005.",
    );
    expect(thinned.columns.x?.drifted).toBe(false);
  });

  it("leaves columns without enough values out of the share", async () => {
    const report = await compare(
      { a: wave(50), b: [...wave(4), ...repeat(46, null)] },
      { a: wave(50, 900), b: wave(50) },
    );
    expect(report).toMatchObject({
      drift_detected: true,
      drift_score: 1,
      not_tested: { b: { reason: "not_enough_data" } },
    });
  });

  it("gives no verdict when no column has enough values", async () => {
    const refusal = compare({ a: wave(50) }, { a: wave(9) }, { minimumRows: 10 });
    await expect(refusal).rejects.toMatchObject({ status: 422, code: "not_enough_data" });
  });

  it.each<[string, Record<string, unknown[]>, DetectOptions["tests"], string, string]>([
    [
      "numeric test of categories",
      { x: repeat(20, "a", "b") },
      { x: { test: "energy", threshold: 1 } },
      "test_does_not_fit",
      'Column "x" is categorical and does not suit energy, which is for numeric columns.',
    ],
    [
      "chi-square of a continuum",
      { x: wave(60) },
      { x: { test: "chi_square" } },
      "test_does_not_fit",
      'Column "x" is numeric and does not suit chi_square, which is for categorical columns, and numeric ones of at most 50 distinct values.',
    ],
    [
      "two-way test of three",
      { x: repeat(20, "a", "b", "c") },
      { x: { test: "z_test" } },
      "test_does_not_fit",
      'Column "x" is categorical and does not suit z_test, which is for columns of at most two distinct values.',
    ],
    [
      "distance without threshold",
      { x: wave(60) },
      { x: { test: "wasserstein" } },
      "invalid_threshold",
      'Column "x": wasserstein is in the data\'s unit and has no default threshold; give one.',
    ],
    [
      "p-value above 1",
      { x: wave(60) },
      { x: { threshold: 2 } },
      "invalid_threshold",
      'Column "x": kolmogorov_smirnov gives a p-value, and its threshold is 2; between 0 and 1 is allowed.',
    ],
    [
      "statistic that does not exist",
      { x: repeat(20, 1) },
      { x: { test: "anderson_darling" } },
      "test_not_possible",
      'Column "x": anderson_darling cannot be had: ',
    ],
  ])("refuses: %s", async (_, columns, tests, code, message) => {
    const refusal = compare(columns, columns, { tests });
    await expect(refusal).rejects.toThrow(ServiceError);
    await expect(refusal).rejects.toMatchObject({ status: 400, code, message: expect.stringContaining(message) });
  });
});
