/** @jest-environment ./tests/support/nativeArraysEnvironment.js */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dump } from "js-yaml";
import { COST_RATES, costDashboard } from "../../../../components/kubernetes/monitoring/dashboards/costDashboard";
import { driftDashboards } from "../../../../components/kubernetes/monitoring/dashboards/driftDashboards";
import { modelDashboards } from "../../../../components/kubernetes/monitoring/dashboards/modelDashboards";
import { resourceDashboards } from "../../../../components/kubernetes/monitoring/dashboards/resourceDashboards";
import { EXPORTERS } from "../../../../components/kubernetes/monitoring/exporterMetrics";
import { modelRules } from "../../../../components/kubernetes/monitoring/modelRules";
import { ALERT_THRESHOLDS } from "../../../../components/kubernetes/monitoring/thresholds";
import type { RunningService } from "../../../../services/runtime/process";
import { driftFixture } from "../../../support/driftService";
import { describeWithTool } from "../../../support/installedTool";
import { classifierPackage, publishPackage } from "../../../support/onnxModels";
import { startTestServing } from "../../../support/serving";
import { temporaryFolder } from "../../../support/temporaryFolder";
import { filledIn, seriesOf } from "./promQl";

const RULES = modelRules(ALERT_THRESHOLDS);
const DASHBOARDS = [
  ...modelDashboards(ALERT_THRESHOLDS),
  ...driftDashboards(ALERT_THRESHOLDS),
  ...resourceDashboards(ALERT_THRESHOLDS),
  costDashboard(COST_RATES),
];
const RECORDED = RULES.flatMap(({ recordings }) => recordings.map(({ record }) => record));

const folder = temporaryFolder();
const drift = driftFixture();
let serving: RunningService;
beforeAll(async () => {
  const OBJECT_STORE_URL = await publishPackage(folder, classifierPackage(3));
  serving = await startTestServing({ OBJECT_STORE_URL, DRIFT_URL: drift.url() });
});
afterAll(() => serving.close());

/** Names of the series that a service exports; a family without a series yet counts by its name. */
async function scrape(url: string): Promise<string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  return families.flatMap(([, name = "", type]) =>
    type === "histogram" ? ["_bucket", "_sum", "_count"].map((part) => name + part) : [name],
  );
}

test("every rule and every panel is PromQL that reads only series which services or exporters have", async () => {
  const known = new Set([
    ...(await scrape(serving.url)),
    ...(await scrape(drift.url())),
    ...Object.values(EXPORTERS).flatMap(({ metrics }) => metrics),
    ...RECORDED,
  ]);
  const rules = RULES.flatMap(({ recordings, alerts }) => [
    ...recordings.map(({ record, expr }) => ({ where: record, expr })),
    ...alerts.map(({ alert, expr }) => ({ where: alert, expr })),
  ]);
  const panels = DASHBOARDS.flatMap(({ title: page, panels, variables }) => [
    ...panels.flatMap(({ title, queries }) => queries.map(({ expr }) => ({ where: `${page}: ${title}`, expr }))),
    ...variables.flatMap((variable) => (variable.kind === "label" ? [{ where: page, expr: variable.metric }] : [])),
  ]);
  const unknown = [...rules, ...panels].flatMap(({ where, expr }) =>
    seriesOf(expr).flatMap((name) => (known.has(name) ? [] : [`${where} reads ${name}`])),
  );
  expect(rules.length + panels.length).toBeGreaterThan(90);
  expect(unknown).toEqual([]);
});

test("a series that nobody has and a broken expression are found", () => {
  expect(seriesOf('sum by (model) (rate(nobody_total{model=~"$model"}[$__rate_interval])) > 1')).toEqual([
    "nobody_total",
  ]);
  expect(() => seriesOf("rate(up[5m)")).toThrow("Not PromQL at 10: rate(up[5m >>> )");
});

describeWithTool("promtool", "prometheus", "panels in Prometheus", (promtool) => {
  test("the types of every panel's expression fit", async () => {
    const queries = DASHBOARDS.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries));
    const rules = queries.map(({ expr }, index) => ({ record: `panel:${index}`, expr: filledIn(expr) }));
    const path = join(folder, "panels.yaml");
    writeFileSync(path, dump({ groups: [{ name: "panels", rules }] }));
    expect(await promtool("check", "rules", path)).toMatchObject({ code: 0 });
  });
});

test("an exporter lists each name once", () => {
  const names = Object.values(EXPORTERS).flatMap(({ metrics }) => metrics);
  expect(new Set(names).size).toBe(names.length);
});
