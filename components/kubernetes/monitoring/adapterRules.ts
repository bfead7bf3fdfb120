import { type CustomSignal, SCALING_METRICS } from "../scalingMetrics";

/** How prometheus-adapter makes a metric of pods. Source: its documentation, "Metrics Discovery and Presentation". */
export interface AdapterRule {
  /** Which series there are. */
  readonly seriesQuery: string;
  readonly resources: {
    readonly overrides: Readonly<Record<"namespace" | "pod", { readonly resource: "namespace" | "pod" }>>;
  };
  readonly name: { readonly as: string };
  /** PromQL with the adapter's placeholders for series, matchers and grouping. */
  readonly metricsQuery: string;
}

const OVERRIDES = { namespace: { resource: "namespace" }, pod: { resource: "pod" } } as const;

/** Series that tells which pods have a signal, and its value. */
const SIGNALS: Readonly<Record<CustomSignal, { readonly series: string; readonly query: string }>> = {
  requestsPerSecond: {
    series: "model_predictions_total",
    query: "sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (<<.GroupBy>>)",
  },
  latencyP95Seconds: {
    series: "prediction_latency_seconds_bucket",
    query: "histogram_quantile(0.95, sum(rate(<<.Series>>{<<.LabelMatchers>>}[2m])) by (le, <<.GroupBy>>))",
  },
  driftScore: {
    series: "drift_score",
    query: "max(<<.Series>>{<<.LabelMatchers>>}) by (<<.GroupBy>>)",
  },
};

/** What autoscalers ask for, by the names that they use. */
export const ADAPTER_RULES: readonly AdapterRule[] = Object.entries(SCALING_METRICS).map(([signal, name]) => {
  const { series, query } = SIGNALS[signal as CustomSignal];
  return {
    seriesQuery: `${series}{namespace!="", pod!=""}`,
    resources: { overrides: OVERRIDES },
    name: { as: name },
    metricsQuery: query,
  };
});
