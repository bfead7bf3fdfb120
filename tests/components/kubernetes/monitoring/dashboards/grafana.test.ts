import { COST_RATES, costDashboard } from "../../../../../components/kubernetes/monitoring/dashboards/costDashboard";
import type { Dashboard } from "../../../../../components/kubernetes/monitoring/dashboards/dashboard";
import { driftDashboards } from "../../../../../components/kubernetes/monitoring/dashboards/driftDashboards";
import { toGrafana } from "../../../../../components/kubernetes/monitoring/dashboards/grafana";
import { modelDashboards } from "../../../../../components/kubernetes/monitoring/dashboards/modelDashboards";
import { resourceDashboards } from "../../../../../components/kubernetes/monitoring/dashboards/resourceDashboards";
import { ALERT_THRESHOLDS } from "../../../../../components/kubernetes/monitoring/thresholds";

const ALL = [
  ...modelDashboards(ALERT_THRESHOLDS),
  ...driftDashboards(ALERT_THRESHOLDS),
  ...resourceDashboards(ALERT_THRESHOLDS),
  costDashboard(COST_RATES),
];

const small: Dashboard = {
  uid: "small",
  title: "Small",
  description: "Two panels.",
  variables: [
    { kind: "label", name: "model", metric: "up", label: "job" },
    { kind: "number", name: "price", label: "Price", value: 0.5 },
  ],
  panels: [
    {
      title: "Now",
      description: "The last value.",
      kind: "gauge",
      unit: "percentunit",
      width: 8,
      min: 0,
      max: 1,
      limit: { value: 0.7, bad: "above" },
      queries: [{ expr: "max(up)", legend: "up" }],
    },
    {
      title: "Over time",
      description: "All values.",
      kind: "graph",
      unit: "s",
      width: 16,
      limit: { value: 0.9, bad: "below" },
      queries: [
        { expr: "up", legend: "{{job}}" },
        { expr: "up offset 1d", legend: "{{job}}, a day before" },
      ],
    },
  ],
};

test("the pages of the platform, in order", () => {
  expect(ALL.map(({ uid }) => uid)).toEqual(
    ["accuracy", "latency", "throughput", "drift", "features", "resources", "gpu", "cost"].map((n) => `tideline-${n}`),
  );
});

test("a dashboard has its address, variables and panels side by side", () => {
  const { uid, title, editable, templating, panels = [] } = toGrafana(small);
  expect({ uid, title, editable }).toEqual({ uid: "small", title: "Small", editable: false });
  expect(templating?.list).toMatchObject([
    { type: "query", name: "model", query: "label_values(up, job)", multi: true, includeAll: true },
    { type: "textbox", name: "price", label: "Price", query: "0.5" },
  ]);
  expect(panels).toMatchObject([
    { type: "gauge", gridPos: { x: 0, y: 0, w: 8, h: 8 }, targets: [{ refId: "A", expr: "max(up)", instant: true }] },
    {
      type: "timeseries",
      gridPos: { x: 8, y: 0, w: 16, h: 8 },
      targets: [
        { refId: "A", expr: "up", legendFormat: "{{job}}", range: true },
        { refId: "B", expr: "up offset 1d" },
      ],
    },
  ]);
});

test("a limit is red on its bad side", () => {
  const steps = (toGrafana(small).panels ?? []).map(
    (panel) => "fieldConfig" in panel && panel.fieldConfig?.defaults.thresholds?.steps,
  );
  expect(steps).toEqual([
    [
      { value: null, color: "green" },
      { value: 0.7, color: "red" },
    ],
    [
      { value: null, color: "red" },
      { value: 0.9, color: "green" },
    ],
  ]);
});

test.each(ALL)("$title says what each panel shows and fits Grafana's grid", (dashboard) => {
  const { panels = [] } = toGrafana(dashboard);
  expect(panels).toHaveLength(dashboard.panels.length);
  for (const { description, queries, width = 12 } of dashboard.panels) {
    expect(description).toMatch(/\.$/);
    expect(queries.length).toBeGreaterThan(0);
    expect(24 % width === 0 || [8, 16].includes(width)).toBe(true);
  }
  const cells = panels.map((panel) => JSON.stringify("gridPos" in panel && panel.gridPos));
  expect(new Set(cells).size).toBe(panels.length);
});

test("what the reader may choose is used", () => {
  for (const { variables, panels } of ALL) {
    const text = JSON.stringify(panels);
    for (const { name } of variables) expect(text).toContain(`$${name}`);
  }
});
