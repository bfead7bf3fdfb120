import type { AlertThresholds } from "../thresholds";
import type { Dashboard, Panel, Variable } from "./dashboard";

const REFERENCE: Variable = {
  kind: "label",
  name: "reference",
  metric: "reference:drift_score:max",
  label: "reference",
};
const CHOSEN = 'reference=~"$reference"';

/** Drift of whole data sets and of single features, with the limits that alerts have. */
export function driftDashboards(limits: AlertThresholds): Dashboard[] {
  return [drift(limits), features(limits)];
}

/** Whether comparisons happen, and what they cost. */
const WATCH_PANELS: readonly Panel[] = [
  {
    title: "Comparisons",
    description: "By outcome; failed ones gave no verdict.",
    kind: "graph",
    unit: "cps",
    min: 0,
    queries: [
      {
        expr: "sum by (outcome) (rate(drift_comparisons_total[$__rate_interval]))",
        legend: "{{outcome}}",
      },
    ],
  },
  {
    title: "Time of a comparison, p95",
    description: "From the parsed request to the verdict.",
    kind: "graph",
    unit: "s",
    min: 0,
    queries: [
      {
        expr: "histogram_quantile(0.95, sum by (le) (rate(drift_comparison_seconds_bucket[$__rate_interval])))",
        legend: "p95",
      },
    ],
  },
  {
    title: "Sampled rows",
    description: "What became of the rows that model servers sampled.",
    kind: "graph",
    unit: "rowsps",
    min: 0,
    queries: [
      {
        expr: 'sum by (model, outcome) (rate(drift_rows_total{model!=""}[$__rate_interval]))',
        legend: "{{model}}, {{outcome}}",
      },
    ],
  },
  {
    title: "Since the last report",
    description: "A model without a recent report is not watched.",
    kind: "graph",
    unit: "s",
    min: 0,
    queries: [
      {
        expr: "time() - max by (model, version) (drift_last_report_timestamp_seconds)",
        legend: "{{model}} {{version}}",
      },
    ],
  },
  {
    title: "Runs of monitors",
    description: "Scheduled comparisons by outcome.",
    kind: "graph",
    unit: "cps",
    min: 0,
    queries: [{ expr: "sum by (outcome) (rate(drift_monitor_runs_total[$__rate_interval]))", legend: "{{outcome}}" }],
  },
  {
    title: "Retraining asked for, 7 days",
    description: "Runs of monitors whose score was above RETRAIN_SCORE.",
    kind: "number",
    unit: "short",
    queries: [{ expr: "sum(increase(drift_retrain_events_total[7d]))", legend: "asked" }],
  },
];

function drift(limits: AlertThresholds): Dashboard {
  return {
    uid: "tideline-drift",
    title: "Tideline / Drift",
    description: "Whether the data still looks like what models were made with, and whether somebody looks.",
    variables: [REFERENCE],
    panels: [
      {
        title: "Drift now",
        description: "Share of drifted features at the last comparison.",
        kind: "gauge",
        unit: "percentunit",
        width: 8,
        min: 0,
        max: 1,
        limit: { value: limits.driftScore, bad: "above" },
        queries: [{ expr: `reference:drift_score:max{${CHOSEN}}`, legend: "{{reference}}" }],
      },
      {
        title: "Drift",
        description: "The same over time.",
        kind: "graph",
        unit: "percentunit",
        width: 16,
        min: 0,
        max: 1,
        limit: { value: limits.driftScore, bad: "above" },
        queries: [{ expr: `reference:drift_score:max{${CHOSEN}}`, legend: "{{reference}}" }],
      },
      ...WATCH_PANELS,
    ],
  };
}

function features(limits: AlertThresholds): Dashboard {
  const score = `reference_feature:feature_drift_score:max{${CHOSEN}}`;
  return {
    uid: "tideline-features",
    title: "Tideline / Features",
    description: "Which features moved.",
    variables: [REFERENCE],
    panels: [
      {
        title: "Furthest from the reference",
        description: "Test statistic of the ten features that moved most.",
        kind: "graph",
        unit: "short",
        width: 24,
        min: 0,
        limit: { value: limits.featureDriftScore, bad: "above" },
        queries: [{ expr: `topk(10, ${score})`, legend: "{{reference}}, {{feature}}" }],
      },
      {
        title: "Features above the limit",
        description: "How many features of a reference are above the limit of FeatureDriftDetected.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [
          {
            expr: `count by (reference) (${score} > ${limits.featureDriftScore}) or 0 * count by (reference) (${score})`,
            legend: "{{reference}}",
          },
        ],
      },
      {
        title: "Moved since yesterday",
        description: "The ten features whose test statistic grew most within a day.",
        kind: "graph",
        unit: "short",
        queries: [{ expr: `topk(10, ${score} - ${score} offset 1d)`, legend: "{{reference}}, {{feature}}" }],
      },
    ],
  };
}
