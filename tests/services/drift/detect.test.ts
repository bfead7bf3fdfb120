import { parseColumns } from "../../../services/drift/columns";
import { summariseColumns } from "../../../services/drift/dataSummary";
import { type DetectOptions, detectDrift } from "../../../services/drift/detect";
import { SeededRandom } from "../../../services/drift/statistics/seededRandom";
import { summarise, thin } from "../../../services/drift/summary";
import { ServiceError } from "../../../services/runtime/errors";
import { normalTable } from "../../support/normalTable";

const summaries = (columns: Record<string, unknown[]>) =>
  new Map([...parseColumns(columns, {})].map((column) => [column.name, summarise(column)]));
const random = new SeededRandom(3);
const normal = (length: number, shift = 0, spread = 1) =>
  Array.from(normalTable(length, 1, random.index(1e9)).values, (value) => value * spread + shift);

const compare = async (
  reference: Record<string, unknown[]>,
  current: Record<string, unknown[]>,
  options: Partial<DetectOptions> = {},
) =>
  detectDrift(await summariseColumns(reference, {}), await summariseColumns(current, {}), {
    referenceId: "r",
    minimumRows: 5,
    tests: {},
    ...options,
  });

const wave = (length: number, shift = 0) => Array.from({ length }, (_, i) => Math.sin(i * 12.9898) * 43.7 + shift);
const repeat = (length: number, ...values: unknown[]) => Array.from({ length }, (_, i) => values[i % values.length]);

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

describe("detectDrift by preset", () => {
  it("is Evidently's by default: no correction, half of the columns", async () => {
    const report = await compare({ a: normal(300), b: normal(300) }, { a: normal(300, 1), b: normal(300) });
    expect(report).toMatchObject({
      preset: "evidently",
      drift_detected: true,
      drift_share_threshold: 0.5,
      correction: {
        method: "none",
        p_values: 2,
        note: "2 p-values were not corrected for their number: without any drift about 0.1 would fall below 0.05.",
      },
    });
  });

  it("size_aware tests small windows against large references by p-values, corrected, any column deciding", async () => {
    const before = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, normal(3000)]));
    const now = { ...Object.fromEntries(["b", "c", "d"].map((name) => [name, normal(60)])), a: normal(60, 2) };
    const report = await compare(before, now, { preset: "size_aware" });
    expect(report).toMatchObject({
      drift_detected: true,
      drift_share_threshold: 0.25,
      drift_share: 0.25,
      severity: "high",
    });
    expect(report.features_affected).toEqual(["a"]);
    expect(report.columns.a).toMatchObject({ test: "kolmogorov_smirnov", effect: { size: "large" } });
    const { p_value = 1, p_value_corrected } = report.columns.a ?? {};
    expect(p_value_corrected).toBeCloseTo(p_value * 4, 12);
    expect(report.correction.note).toBe(
      "4 p-values were corrected by Benjamini and Hochberg: of the columns reported, the expected share of false ones stays below the threshold.",
    );
  });

  it("ensemble votes with its weights and says each member's opinion", async () => {
    const table = (rows: number, shift: number) => ({
      a: normal(rows, shift),
      b: normal(rows, shift),
      c: normal(rows),
    });
    const quiet = await compare(table(200, 0), table(150, 0), { preset: "ensemble" });
    expect(quiet).toMatchObject({ drift_detected: false, drift_share_threshold: 0.5 });
    const loud = await compare(table(200, 0), table(150, 2.5), { preset: "ensemble" });
    expect(loud).toMatchObject({ drift_detected: true, drift_type: "covariate" });
    expect(loud.drift_score).toBe(loud.ensemble?.vote);
    expect(loud.ensemble?.members).toMatchObject({
      kolmogorov_smirnov: { weight: 0.2, drifted: true },
      psi: { weight: 0.25, drifted: true },
      mmd: { weight: 0.2, drifted: true },
      isolation_forest: { weight: 0.15, drifted: true },
      covariance: { weight: 0.1 },
      classifier: { weight: 0.1, drifted: true },
    });
  });

  it("runs every test that suits a column when asked for all", async () => {
    const words = repeat(90, "a", "b", "c");
    const report = await compare({ x: normal(90), w: words }, { x: normal(90), w: words }, { tests: "all" });
    expect(Object.keys(report.columns.x?.tests ?? {})).toEqual(
      expect.arrayContaining(["kolmogorov_smirnov", "anderson_darling", "psi", "wasserstein", "energy", "welch_t"]),
    );
    expect(report.columns.x?.tests?.wasserstein).toEqual({ statistic: expect.any(Number) });
    expect(Object.keys(report.columns.w?.tests ?? {})).toContain("fisher_exact");
    const one = await compare(
      { x: normal(90), w: words },
      { x: normal(90), w: words },
      { tests: { x: { test: "all" } } },
    );
    expect([one.columns.x?.tests !== undefined, one.columns.w?.tests]).toEqual([true, undefined]);
  });
});

describe("what detectDrift says beside its verdict", () => {
  it("tells significance from effect at many rows, and holds the asked least effect", async () => {
    const [before, now] = [{ x: normal(40_000) }, { x: normal(40_000, 0.04) }];
    const report = await compare(before, now, { preset: "size_aware" });
    expect(report.columns.x).toMatchObject({
      drifted: true,
      effect: { size: "negligible" },
      note: "Significant at 40000 values or more a side, but the shift itself is negligible.",
    });
    const held = await compare(before, now, { preset: "size_aware", minimumEffect: 0.1 });
    expect(held).toMatchObject({ drift_detected: false, drift_type: "none", recommendation: { action: "none" } });
    expect(held.columns.x?.note).toMatch(/Not counted as drift: the effect of 0.0\d+ is below the asked 0.1.$/);
  });

  it("notices autocorrelated windows", async () => {
    let level = 0;
    const walk = normal(300).map((step) => {
      level = 0.9 * level + step;
      return level;
    });
    const report = await compare({ x: normal(500), y: normal(500) }, { x: walk, y: normal(300) });
    expect(report.columns.x?.autocorrelation?.lag1).toBeGreaterThan(0.8);
    expect(report.columns.x?.autocorrelation?.effective_rows).toBeLessThan(40);
    expect(report.columns.y?.autocorrelation).toBeUndefined();
    expect(report.notes[1]).toBe(
      'Neighbouring rows of the window resemble each other in 1 column(s) ("x"): the tests take rows as independent, so their p-values are too small.',
    );
    expect(report.recommendation.reason).toContain("confirm on spaced rows");
  });

  it("tells covariate, label, concept and quality drift apart", async () => {
    const labels = (rows: number, share: number) =>
      Array.from({ length: rows }, (_, i) => (i % 100 < share * 100 ? "yes" : "no"));
    const wrongEvery = (truth: string[], k: number) =>
      truth.map((t, i) => (i % k === 0 ? (t === "yes" ? "no" : "yes") : t));
    const truth = labels(600, 0.5);
    const roles = { label: "y", prediction: "guess" };
    const reference = { x: normal(600), y: truth, guess: wrongEvery(truth, 20) };
    const type = async (current: Record<string, unknown[]>) => {
      const { drift_type, drift_detected } = await compare(reference, current, { roles, preset: "size_aware" });
      return [drift_type, drift_detected];
    };
    expect(await type({ x: normal(600), y: truth, guess: wrongEvery(truth, 20) })).toEqual(["none", false]);
    expect(await type({ x: normal(600, 1), y: truth, guess: wrongEvery(truth, 20) })).toEqual(["covariate", true]);
    expect(await type({ x: normal(600), y: truth, guess: wrongEvery(truth, 3) })).toEqual(["concept", true]);
    const rare = labels(600, 0.2);
    expect(await type({ x: normal(600), y: rare, guess: wrongEvery(rare, 20) })).toEqual(["label", true]);
    const lost = normal(600).map((value, i) => (i % 2 ? value : null));
    expect(await type({ x: lost, y: truth, guess: wrongEvery(truth, 20) })).toEqual(["quality", false]);
  });

  it("explains which values and segments moved", async () => {
    const rows = 900;
    const regions = repeat(rows, "north", "south", "east") as string[];
    const before = { price: normal(rows), region: regions };
    const now = { price: normal(rows).map((v, i) => (regions[i] === "south" ? v + 3 : v)), region: regions };
    const report = await compare(before, now);
    expect(report.features_affected).toEqual(["price"]);
    const [explanation] = report.explanations;
    expect(explanation).toMatchObject({ feature: "price", share_of_drift: 1 });
    expect(explanation?.values[0]?.current_share).toBeGreaterThan(explanation?.values[0]?.reference_share ?? 1);
    expect(explanation?.values[0]?.to).toBeUndefined();
    expect(explanation?.segments[0]).toMatchObject({ column: "region", value: "south" });
    expect(explanation?.segments[0]?.psi).toBeGreaterThan(10 * (explanation?.segments[1]?.psi ?? 0));
    expect(report.recommendation.action).toBe("retrain");
    expect(report.recommendation.reason).toMatch(
      /^1 of 2 tested columns drifted, worst "price" \(kolmogorov_smirnov p .*, medium effect\)/,
    );
  });
});
