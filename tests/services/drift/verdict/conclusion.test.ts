import { severityOfShare } from "../../../../services/drift/verdict/conclusion";
import { compareTables, normalValues, repeated } from "../../../support/driftTables";

describe("severityOfShare", () => {
  it.each([
    [0, "none"],
    [0.05, "low"],
    [0.1, "low"],
    [0.11, "medium"],
    [0.2, "medium"],
    [0.21, "high"],
    [1, "high"],
  ])("calls a share of %d %s", (share, severity) => {
    expect(severityOfShare(share)).toBe(severity);
  });
});

describe("what a report says beside its verdict", () => {
  it("tells significance from effect at many rows, and holds the asked least effect", async () => {
    const [before, now] = [{ x: normalValues(40_000) }, { x: normalValues(40_000, 0.04) }];
    const report = await compareTables(before, now, { preset: "size_aware" });
    expect(report.columns.x).toMatchObject({
      drifted: true,
      effect: { size: "negligible" },
      note: "Significant at 40000 values or more a side, but the shift itself is negligible.",
    });
    const held = await compareTables(before, now, { preset: "size_aware", minimumEffect: 0.1 });
    expect(held).toMatchObject({ drift_detected: false, drift_type: "none", recommendation: { action: "none" } });
    expect(held.columns.x?.note).toMatch(/Not counted as drift: the effect of 0.0\d+ is below the asked 0.1.$/);
  });

  it("notices autocorrelated windows", async () => {
    let level = 0;
    const walk = normalValues(300).map((step) => {
      level = 0.9 * level + step;
      return level;
    });
    const report = await compareTables(
      { x: normalValues(500), y: normalValues(500) },
      { x: walk, y: normalValues(300) },
    );
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
    const reference = { x: normalValues(600), y: truth, guess: wrongEvery(truth, 20) };
    const type = async (current: Record<string, unknown[]>) => {
      const { drift_type, drift_detected } = await compareTables(reference, current, { roles, preset: "size_aware" });
      return [drift_type, drift_detected];
    };
    expect(await type({ x: normalValues(600), y: truth, guess: wrongEvery(truth, 20) })).toEqual(["none", false]);
    expect(await type({ x: normalValues(600, 1), y: truth, guess: wrongEvery(truth, 20) })).toEqual([
      "covariate",
      true,
    ]);
    expect(await type({ x: normalValues(600), y: truth, guess: wrongEvery(truth, 3) })).toEqual(["concept", true]);
    const rare = labels(600, 0.2);
    expect(await type({ x: normalValues(600), y: rare, guess: wrongEvery(rare, 20) })).toEqual(["label", true]);
    const lost = normalValues(600).map((value, i) => (i % 2 ? value : null));
    expect(await type({ x: lost, y: truth, guess: wrongEvery(truth, 20) })).toEqual(["quality", false]);
  });

  it("explains which values and segments moved", async () => {
    const rows = 900;
    const regions = repeated(rows, "north", "south", "east");
    const before = { price: normalValues(rows), region: regions };
    const now = { price: normalValues(rows).map((v, i) => (regions[i] === "south" ? v + 3 : v)), region: regions };
    const report = await compareTables(before, now);
    expect(report.features_affected).toEqual(["price"]);
    const [explanation] = report.explanations;
    expect(explanation).toMatchObject({ feature: "price", share_of_drift: 1 });
    expect(explanation?.values[0]?.current_share).toBeGreaterThan(explanation?.values[0]?.reference_share ?? 1);
    expect(explanation?.values[0]?.to).toBeUndefined();
    expect(explanation?.segments[0]).toMatchObject({ column: "region", value: "south" });
    expect(explanation?.segments[0]?.psi).toBeGreaterThan(10 * (explanation?.segments[1]?.psi ?? 0));
    expect(report.recommendation.action).toBe("retrain");
    expect(report.recommendation.reason).toMatch(
      /^1 of 2 tested columns drifted, worst "price" \(kolmogorov_smirnov p .*, large effect\)/,
    );
  });
});
