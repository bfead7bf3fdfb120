import { Registry } from "prom-client";
import { DriftMetrics, type ToldVerdict } from "../../../services/drift/driftMetrics";

const report = (id: string | null, columns: Record<string, boolean>): ToldVerdict => {
  const affected = Object.keys(columns).filter((name) => columns[name]);
  const score = affected.length / Object.keys(columns).length;
  return {
    reference_id: id,
    drift_detected: score >= 0.5,
    drift_score: score,
    features_affected: affected,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, drifted]) => [name, { drifted, statistic: drifted ? 0.5 : 0.01 }]),
    ),
    current_rows: 10,
  };
};

async function lines(registry: Registry, start: string): Promise<string[]> {
  return (await registry.metrics()).split("\n").filter((line) => line.startsWith(start));
}

describe("DriftMetrics", () => {
  it("tells the last verdict of a reference until it is forgotten", async () => {
    const registry = new Registry();
    const metrics = new DriftMetrics(registry, () => 42);
    metrics.compared(report("m-1", { a: true, b: false }), 0.002);
    expect(await lines(registry, "drift_score{")).toEqual(['drift_score{reference="m-1"} 0.5']);
    expect(await lines(registry, "drift_detected{")).toEqual(['drift_detected{reference="m-1"} 1']);
    expect(await lines(registry, "feature_drift_score{")).toEqual([
      'feature_drift_score{reference="m-1",feature="a"} 0.5',
      'feature_drift_score{reference="m-1",feature="b"} 0.01',
    ]);
    expect(await lines(registry, "drift_reference_cache_bytes ")).toEqual(["drift_reference_cache_bytes 42"]);
    metrics.compared(report("m-1", { b: false }), 0.002);
    expect(await lines(registry, "feature_drift_score{")).toEqual([
      'feature_drift_score{reference="m-1",feature="b"} 0.01',
    ]);
    metrics.forget("m-1");
    for (const name of ["drift_score{", "drift_detected{", "feature_drift_score{"]) {
      expect(await lines(registry, name)).toEqual([]);
    }
    metrics.failed();
    expect(await lines(registry, "drift_comparisons_total{")).toEqual([
      'drift_comparisons_total{outcome="drift"} 1',
      'drift_comparisons_total{outcome="no_drift"} 1',
      'drift_comparisons_total{outcome="failed"} 1',
    ]);
    expect(await lines(registry, "drift_comparison_seconds_count")).toEqual(["drift_comparison_seconds_count 2"]);
  });

  it("tells the accuracy of the 200 models that were measured last", async () => {
    const registry = new Registry();
    const metrics = new DriftMetrics(registry, () => 0);
    metrics.measured("fraud", "measured", 0.8);
    metrics.measured("fraud", "estimated", 0.9);
    expect(await lines(registry, "model_accuracy{")).toEqual([
      'model_accuracy{model="fraud",mode="measured"} 0.8',
      'model_accuracy{model="fraud",mode="estimated"} 0.9',
    ]);
    for (let i = 0; i < 200; i++) metrics.measured(`m${i}`, "measured", 0.7);
    metrics.measured("m0", "measured", 0.6);
    const told = await lines(registry, "model_accuracy{");
    expect(told).toHaveLength(200);
    expect(told.some((line) => line.includes("fraud"))).toBe(false);
    expect(told).toContain('model_accuracy{model="m0",mode="measured"} 0.6');
  });

  it("bounds how many references and features it tells, drifted features first", async () => {
    const registry = new Registry();
    const metrics = new DriftMetrics(registry, () => 0);
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`f${i}`, i === 149]));
    metrics.compared(report("wide", wide), 0.1);
    const features = await lines(registry, "feature_drift_score{");
    expect(features).toHaveLength(100);
    expect(features[0]).toContain('feature="f149"');
    for (let i = 0; i < 250; i++) metrics.compared(report(`r${i}`, { a: false }), 0.1);
    const scores = await lines(registry, "drift_score{");
    expect(scores).toHaveLength(200);
    expect(scores.some((line) => line.includes("wide") || line.includes('"r49"'))).toBe(false);
    expect(await lines(registry, "feature_drift_score{")).toHaveLength(200);
  });
});
