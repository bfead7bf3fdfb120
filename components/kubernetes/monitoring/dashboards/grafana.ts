import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { GraphThresholdsStyleConfigBuilder, GraphThresholdsStyleMode } from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardBuilder,
  DashboardCursorSync,
  type Dashboard as GrafanaDashboard,
  type Panel as GrafanaPanel,
  QueryVariableBuilder,
  TextBoxVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type VariableModel,
  VariableRefresh,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as GaugeBuilder } from "@grafana/grafana-foundation-sdk/gauge";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as GraphBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Dashboard, Panel, Query, Variable } from "./dashboard";

/** The data source that kube-prometheus-stack provisions, by the uid that it gives it. */
const PROMETHEUS = { type: "prometheus", uid: "prometheus" };

const PANEL_HEIGHT = 8;

/** A dashboard as the JSON model that Grafana loads. */
export function toGrafana({ uid, title, description, variables, panels }: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(["tideline"])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-6h", to: "now" })
    .timezone("browser")
    .refresh("1m");
  for (const variable of variables) builder.withVariable(toVariable(variable));
  for (const panel of panels) builder.withPanel(toPanel(panel));
  return builder.build();
}

function toVariable(variable: Variable): Builder<VariableModel> {
  if (variable.kind === "number") {
    return new TextBoxVariableBuilder(variable.name).label(variable.label).defaultValue(String(variable.value));
  }
  const { name, metric, label } = variable;
  return new QueryVariableBuilder(name)
    .datasource(PROMETHEUS)
    .query(`label_values(${metric}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: "All", value: "$__all" });
}

function toPanel(panel: Panel): Builder<GrafanaPanel> {
  const { title, description, unit, width = 12, min, max, limit, queries } = panel;
  const builder = newPanel(panel)
    .title(title)
    .description(description)
    .datasource(PROMETHEUS)
    .unit(unit)
    .span(width)
    .height(PANEL_HEIGHT)
    .targets(queries.map((query, index) => toTarget(query, index, panel.kind !== "graph")));
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (limit) builder.thresholds(toThresholds(limit));
  return builder;
}

function newPanel({ kind, limit }: Panel): GraphBuilder | GaugeBuilder | StatBuilder {
  if (kind === "gauge") return new GaugeBuilder();
  if (kind === "number") return new StatBuilder();
  const graph = new GraphBuilder().fillOpacity(10);
  if (!limit) return graph;
  return graph.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
}

function toTarget({ expr, legend }: Query, index: number, instant: boolean): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .datasource(PROMETHEUS)
    .expr(expr)
    .legendFormat(legend)
    .refId(String.fromCharCode("A".charCodeAt(0) + index));
  return instant ? query.instant() : query.range();
}

function toThresholds({ value, bad }: NonNullable<Panel["limit"]>): ThresholdsConfigBuilder {
  const [low, high] = bad === "above" ? ["green", "red"] : ["red", "green"];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([
    { value: null, color: low },
    { value, color: high },
  ]);
}
