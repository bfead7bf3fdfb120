import { compareTables, normalValues, repeated } from "../../support/driftTables";

describe("presets", () => {
  it("is Evidently's by default: no correction, half of the columns", async () => {
    const report = await compareTables(
      { a: normalValues(300), b: normalValues(300) },
      { a: normalValues(300, 1), b: normalValues(300) },
    );
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

  it("says when Evidently's distances meet a window too small for them", async () => {
    const [before, now] = [{ a: normalValues(1200) }, { a: normalValues(100) }];
    expect((await compareTables(before, now)).notes[1]).toBe(
      "1 column(s) were judged by distances, which pass 0.1 by chance alone in a window of 100 values: preset size_aware accounts for the sizes.",
    );
    expect((await compareTables(before, { a: normalValues(600) })).notes).toHaveLength(2);
    expect((await compareTables(before, now, { preset: "size_aware" })).notes).toHaveLength(2);
  });

  it("size_aware tests small windows against large references by p-values, corrected, any column deciding", async () => {
    const before = Object.fromEntries(["a", "b", "c", "d"].map((name) => [name, normalValues(3000)]));
    const now = {
      ...Object.fromEntries(["b", "c", "d"].map((name) => [name, normalValues(60)])),
      a: normalValues(60, 2),
    };
    const report = await compareTables(before, now, { preset: "size_aware" });
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
      a: normalValues(rows, shift),
      b: normalValues(rows, shift),
      c: normalValues(rows),
    });
    const quiet = await compareTables(table(200, 0), table(150, 0), { preset: "ensemble" });
    expect(quiet).toMatchObject({ drift_detected: false, drift_share_threshold: 0.5 });
    const loud = await compareTables(table(200, 0), table(150, 2.5), { preset: "ensemble" });
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
    const words = repeated(90, "a", "b", "c");
    const report = await compareTables(
      { x: normalValues(90), w: words },
      { x: normalValues(90), w: words },
      { tests: "all" },
    );
    expect(Object.keys(report.columns.x?.tests ?? {})).toEqual(
      expect.arrayContaining(["kolmogorov_smirnov", "anderson_darling", "psi", "wasserstein", "energy", "welch_t"]),
    );
    expect(report.columns.x?.tests?.wasserstein).toEqual({ statistic: expect.any(Number) });
    expect(Object.keys(report.columns.w?.tests ?? {})).toContain("fisher_exact");
    const one = await compareTables(
      { x: normalValues(90), w: words },
      { x: normalValues(90), w: words },
      { tests: { x: { test: "all" } } },
    );
    expect([one.columns.x?.tests !== undefined, one.columns.w?.tests]).toEqual([true, undefined]);
  });
});
