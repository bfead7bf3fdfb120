import type { AlertThresholds } from "../thresholds";
import { type Dashboard, MODEL_VARIABLE, type Panel } from "./dashboard";

const MODEL = 'model=~"$model"';

/** Accuracy, latency and throughput of models, with the limits that alerts have. */
export function modelDashboards(limits: AlertThresholds): Dashboard[] {
  return [accuracy(limits), latency(limits), throughput(limits)];
}

function accuracy(limits: AlertThresholds): Dashboard {
  return {
    uid: "tideline-accuracy",
    title: "Tideline / Accuracy",
    description: "How often models are right, and how sure they are.",
    variables: [MODEL_VARIABLE],
    panels: [
      {
        title: "Accuracy",
        description: "Of the last window given to POST /performance: measured with the truth, or estimated without it.",
        kind: "graph",
        unit: "percentunit",
        max: 1,
        limit: { value: limits.accuracy, bad: "below" },
        queries: [{ expr: `min by (model, mode) (model_accuracy{${MODEL}})`, legend: "{{model}}, {{mode}}" }],
      },
      {
        title: "Mean confidence",
        description:
          "Greatest probability of each answer, mean of an hour. A fall without drifted inputs hints at concept drift.",
        kind: "graph",
        unit: "percentunit",
        max: 1,
        queries: [
          { expr: `model:prediction_confidence:mean_1h{${MODEL}}`, legend: "{{model}}" },
          { expr: `model:prediction_confidence:mean_1h{${MODEL}} offset 1d`, legend: "{{model}}, a day before" },
        ],
      },
      {
        title: "Unsure answers",
        description: "Share of answers whose greatest probability is at most 0.6.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        queries: [
          {
            expr: `sum by (model) (rate(prediction_confidence_bucket{${MODEL}, le="0.6"}[$__rate_interval])) / sum by (model) (rate(prediction_confidence_count{${MODEL}}[$__rate_interval]))`,
            legend: "{{model}}",
          },
        ],
      },
      {
        title: "Error budget burn, availability",
        description:
          "Share of failed requests of the last hour. The budget of 30 days lasts as long as this stays below the line.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        limit: { value: Number((1 - limits.availability).toPrecision(6)), bad: "above" },
        queries: [{ expr: `model:slo_availability_bad:ratio_rate1h{${MODEL}}`, legend: "{{model}}" }],
      },
    ],
  };
}

function latency(limits: AlertThresholds): Dashboard {
  const limit = { value: limits.latencyP95Seconds, bad: "above" } as const;
  const share = (part: string) =>
    `sum by (model) (rate(nv_inference_${part}_duration_us{${MODEL}}[$__rate_interval])) / sum by (model) (rate(nv_inference_request_success{${MODEL}}[$__rate_interval])) / 1e6`;
  return {
    uid: "tideline-latency",
    title: "Tideline / Latency",
    description: "How long a prediction takes, and where the time goes.",
    variables: [MODEL_VARIABLE],
    panels: [
      {
        title: "Latency",
        description: "From a request's arrival to its answer, of answered requests.",
        kind: "graph",
        unit: "s",
        width: 24,
        min: 0,
        limit,
        queries: ["p50", "p95", "p99"].map((quantile) => ({
          expr: `model:prediction_latency_seconds:${quantile}_5m{${MODEL}}`,
          legend: `{{model}} {{version}}, ${quantile}`,
        })),
      },
      {
        title: "p95 by pod",
        description: "One pod far above the others: look at its node.",
        kind: "graph",
        unit: "s",
        min: 0,
        limit,
        queries: [
          {
            expr: `histogram_quantile(0.95, sum by (pod, le) (rate(prediction_latency_seconds_bucket{${MODEL}}[$__rate_interval])))`,
            legend: "{{pod}}",
          },
        ],
      },
      {
        title: "Where the time goes",
        description: "Mean seconds of a request: waiting for its batch, and running the model.",
        kind: "graph",
        unit: "s",
        min: 0,
        queries: [
          { expr: share("queue"), legend: "{{model}}, queue" },
          { expr: share("compute_infer"), legend: "{{model}}, model" },
        ],
      },
      {
        title: "Rows that wait",
        description: "More than zero for long means that requests come faster than the model runs.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [{ expr: `sum by (model) (inference_queue_rows{${MODEL}})`, legend: "{{model}}" }],
      },
      {
        title: "Event loop lag, p99",
        description: "How long Node could not take up new work.",
        kind: "graph",
        unit: "s",
        min: 0,
        queries: [
          { expr: 'max by (pod) (nodejs_eventloop_lag_p99_seconds{namespace="ml-platform"})', legend: "{{pod}}" },
        ],
      },
    ],
  };
}

/** How requests end, and how they are spread. */
const REQUEST_PANELS: readonly Panel[] = [
  {
    title: "How requests end",
    description: "Rejected ones are the caller's fault.",
    kind: "graph",
    unit: "reqps",
    min: 0,
    queries: [
      {
        expr: `sum by (status) (rate(model_predictions_total{${MODEL}}[$__rate_interval]))`,
        legend: "{{status}}",
      },
    ],
  },
  {
    title: "Errors by code",
    description: "What callers were told.",
    kind: "graph",
    unit: "reqps",
    min: 0,
    queries: [{ expr: `sum by (code) (rate(model_errors_total{${MODEL}}[$__rate_interval]))`, legend: "{{code}}" }],
  },
  {
    title: "Rows in a batch",
    description: "Mean; one means that batching does not help.",
    kind: "graph",
    unit: "short",
    min: 0,
    queries: [
      {
        expr: `sum by (model) (rate(nv_inference_count{${MODEL}}[$__rate_interval])) / sum by (model) (rate(nv_inference_exec_count{${MODEL}}[$__rate_interval]))`,
        legend: "{{model}}",
      },
    ],
  },
  {
    title: "Requests by pod",
    description: "Uneven lines mean that the load balancer does not spread the load.",
    kind: "graph",
    unit: "reqps",
    min: 0,
    queries: [
      {
        expr: `sum by (pod) (rate(model_predictions_total{${MODEL}}[$__rate_interval]))`,
        legend: "{{pod}}",
      },
    ],
  },
];

function throughput(limits: AlertThresholds): Dashboard {
  return {
    uid: "tideline-throughput",
    title: "Tideline / Throughput",
    description: "How much is asked of models, and what becomes of it.",
    variables: [MODEL_VARIABLE],
    panels: [
      {
        title: "Requests",
        description: "Prediction requests a second, beside those of a day before.",
        kind: "graph",
        unit: "reqps",
        min: 0,
        queries: [
          { expr: `model:prediction_requests:rate30m{${MODEL}}`, legend: "{{model}}" },
          { expr: `model:prediction_requests:rate30m{${MODEL}} offset 1d`, legend: "{{model}}, a day before" },
        ],
      },
      {
        title: "Failures",
        description: "Share of requests that the model failed or that were turned away for lack of room.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        limit: { value: limits.failureShare, bad: "above" },
        queries: [{ expr: `model:prediction_failures:ratio_rate5m{${MODEL}}`, legend: "{{model}} {{version}}" }],
      },
      ...REQUEST_PANELS,
    ],
  };
}
