import { analysisSpec, CANARY_LIMITS, canaryChecks } from "../../../../components/kubernetes/delivery/canaryAnalysis";
import { servingService } from "../../../../services/serving/service";

const checks = canaryChecks(CANARY_LIMITS);

test("a canary ends at more than 5 % errors, below 99 % success, over 1 s at the 95th percentile, or drift over 0.8", () => {
  expect(checks.map(({ name, success, failures }) => [name, success.split(" || ").at(-1), failures])).toEqual([
    ["error-rate", "result[0] <= 0.05", 1],
    ["success-rate", "result[0] >= 0.99", 2],
    ["latency-p95", "result[0] <= 1", 2],
    ["drift", "result[0] <= 0.8", 1],
  ]);
});

test.each(checks)("$name names only metrics that model servers export, of the canary's pods alone", ({ query }) => {
  const selectors = query.replaceAll("{{args.canary-hash}}", "HASH").match(/[a-z_]+\{[^}]*\}/g) ?? [];
  expect(selectors.length).toBeGreaterThan(0);
  for (const selector of selectors) {
    const metric = selector.slice(0, selector.indexOf("{")).replace(/_bucket$/, "");
    expect(servingService.metrics?.names).toContain(metric);
    expect(selector).toContain('pod=~".+-HASH-.+"');
  }
});

/** The conditions are expressions of Argo Rollouts' own language, which for these few operators reads as JavaScript. */
function holds(condition: string, result: readonly number[]): boolean {
  return new Function("result", "len", "isNaN", `return ${condition}`)(
    result,
    (list: readonly unknown[]) => list.length,
    Number.isNaN,
  );
}

test("what was not measured is nothing against a canary; what was is", () => {
  const [errors, success] = checks.map(({ success }) => success) as [string, string];
  for (const condition of [errors, success]) {
    expect(holds(condition, [])).toBe(true);
    expect(holds(condition, [Number.NaN])).toBe(true);
  }
  expect([0.05, 0.0501].map((value) => holds(errors, [value]))).toEqual([true, false]);
  expect([0.99, 0.9899].map((value) => holds(success, [value]))).toEqual([true, false]);
});

test("each is measured every minute, once there is something to measure", () => {
  const { metrics = [], args } = analysisSpec(CANARY_LIMITS, "http://prometheus:9090");
  expect(args).toEqual([{ name: "canary-hash" }]);
  expect(metrics.map(({ name, failureLimit }) => [name, failureLimit])).toEqual([
    ["error-rate", 0],
    ["success-rate", 1],
    ["latency-p95", 1],
    ["drift", 0],
  ]);
  for (const { interval, initialDelay, provider } of metrics) {
    expect({ interval, initialDelay }).toEqual({ interval: "1m", initialDelay: "1m" });
    expect(provider.prometheus?.address).toBe("http://prometheus:9090");
  }
});
