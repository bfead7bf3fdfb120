import { errorBudgetRules, type ServiceLevel } from "./errorBudget";
import type { AlertRule, Duration, RecordingRule, RuleGroup } from "./rule";
import type { AlertThresholds } from "./thresholds";

/** How a request ends that is the service's fault: the model failed, or there was no room. Refused input is the caller's. */
const SERVICE_FAULTS = 'status=~"failed|overloaded"';

/** Every rule on models and the services around them. */
export function modelRules(thresholds: AlertThresholds): RuleGroup[] {
  return [
    { name: "tideline-predictions", interval: "30s", recordings: RECORDINGS, alerts: predictionAlerts(thresholds) },
    { name: "tideline-drift", interval: "30s", recordings: DRIFT_RECORDINGS, alerts: driftAlerts(thresholds) },
    { name: "tideline-resources", interval: "30s", recordings: [], alerts: resourceAlerts(thresholds) },
    ...serviceLevels(thresholds).map(errorBudgetRules),
  ];
}

function rate(metric: string, matchers: string, window: Duration, by: string): string {
  return `sum by (${by}) (rate(${metric}${matchers === "" ? "" : `{${matchers}}`}[${window}]))`;
}

function latencyQuantile(quantile: number): string {
  return `histogram_quantile(${quantile}, ${rate("prediction_latency_seconds_bucket", "", "5m", "model, version, le")})`;
}

function failureShare(window: Duration, by: string): string {
  const failed = rate("model_predictions_total", SERVICE_FAULTS, window, by);
  return `${failed} / ${rate("model_predictions_total", "", window, by)}`;
}

/** What alerts and dashboards share. */
const RECORDINGS: readonly RecordingRule[] = [
  {
    record: "model:prediction_requests:rate5m",
    expr: rate("model_predictions_total", "", "5m", "model, version"),
  },
  { record: "model:prediction_requests:rate30m", expr: rate("model_predictions_total", "", "30m", "model") },
  { record: "model:prediction_failures:ratio_rate5m", expr: failureShare("5m", "model, version") },
  { record: "model:prediction_latency_seconds:p50_5m", expr: latencyQuantile(0.5) },
  { record: "model:prediction_latency_seconds:p95_5m", expr: latencyQuantile(0.95) },
  { record: "model:prediction_latency_seconds:p99_5m", expr: latencyQuantile(0.99) },
];

/**
 * A model server tells drift by model and version, the drift service by reference, which a model server names
 * MODEL-VERSION: one series for both, so that one drift is one alert.
 */
function byReference(metric: string, by: string): string {
  const ofServers = `label_join(${metric}{model!=""}, "reference", "-", "model", "version")`;
  return `max by (${by}) (${ofServers} or ${metric}{model=""})`;
}

const DRIFT_RECORDINGS: readonly RecordingRule[] = [
  {
    record: "model:prediction_confidence:mean_1h",
    expr: `${rate("prediction_confidence_sum", "", "1h", "model")} / ${rate("prediction_confidence_count", "", "1h", "model")}`,
  },
  { record: "reference:drift_score:max", expr: byReference("drift_score", "reference") },
  {
    record: "reference_feature:feature_drift_score:max",
    expr: byReference("feature_drift_score", "reference, feature"),
  },
];

function predictionAlerts(limits: AlertThresholds): readonly AlertRule[] {
  const throughput = "model:prediction_requests:rate30m";
  const yesterday = `${throughput} offset 1d`;
  return [
    {
      alert: "ModelAccuracyDegradation",
      expr: `min by (model, mode) (model_accuracy) < ${limits.accuracy}`,
      for: "10m",
      severity: "critical",
      summary: "{{ $labels.model }} is right in {{ $value | humanizePercentage }} of the cases",
      description: `The {{ $labels.mode }} accuracy of the last window is {{ $value | humanizePercentage }}; ${limits.accuracy * 100}% is the least that promotion allows. Compare the windows of POST /performance, then roll back or retrain.`,
    },
    {
      alert: "HighModelInferenceLatency",
      expr: `model:prediction_latency_seconds:p95_5m > ${limits.latencyP95Seconds}`,
      for: "5m",
      severity: "warning",
      summary: "{{ $labels.model }} version {{ $labels.version }} answers slowly",
      description: `One request in twenty waits {{ $value | humanizeDuration }} or longer; ${limits.latencyP95Seconds} s is the limit. Look at inference_queue_rows and the CPU of the pods.`,
    },
    {
      alert: "HighPredictionFailureRate",
      expr: `model:prediction_failures:ratio_rate5m > ${limits.failureShare}`,
      for: "5m",
      severity: "critical",
      summary:
        "{{ $labels.model }} version {{ $labels.version }} fails {{ $value | humanizePercentage }} of its requests",
      description: `The model failed or turned away {{ $value | humanizePercentage }} of the requests of 5 minutes; ${limits.failureShare * 100}% is the limit. model_errors_total has the codes.`,
    },
    {
      alert: "ModelThroughputDegradation",
      // A model whose pods are all gone has no rate at all, which must not silence this.
      expr: `(${throughput} or 0 * (${yesterday})) < ${limits.throughputShare} * (${yesterday} > ${limits.throughputFloor})`,
      for: "15m",
      severity: "warning",
      summary: "{{ $labels.model }} is asked far less than a day before",
      description: `It takes {{ printf "%.1f" $value }} requests a second, less than ${limits.throughputShare * 100}% of a day before. Look whether requests still reach the gateway, and whether the pods are ready.`,
    },
    {
      alert: "ServiceDown",
      expr: 'up{namespace="ml-platform"} == 0',
      for: "5m",
      severity: "critical",
      summary: "{{ $labels.pod }} cannot be scraped",
      description:
        "Prometheus got no metrics from {{ $labels.job }} at {{ $labels.instance }} for 5 minutes. Look at the pod's state and its last log lines.",
    },
    {
      alert: "ProbeFailed",
      expr: "probe_success == 0",
      for: "5m",
      severity: "critical",
      summary: "{{ $labels.instance }} does not answer",
      description: "The address failed every probe of 5 minutes. Look at the gateway, its certificate and the route.",
    },
  ];
}

function driftAlerts(limits: AlertThresholds): readonly AlertRule[] {
  const confidence = "model:prediction_confidence:mean_1h";
  return [
    {
      alert: "DataDriftDetected",
      expr: `reference:drift_score:max > ${limits.driftScore}`,
      for: "15m",
      severity: "warning",
      summary: "The data of {{ $labels.reference }} has drifted",
      description: `{{ $value | humanizePercentage }} of the features no longer look like the reference; ${limits.driftScore * 100}% is the limit. The drift report names the features; check their source, then retrain.`,
    },
    {
      alert: "FeatureDriftDetected",
      expr: `reference_feature:feature_drift_score:max > ${limits.featureDriftScore}`,
      for: "15m",
      severity: "warning",
      summary: "{{ $labels.feature }} of {{ $labels.reference }} has drifted",
      description: `Its test statistic is {{ printf "%.2f" $value }}; ${limits.featureDriftScore} is the limit. Look at the source of this feature first.`,
    },
    {
      alert: "ConceptDriftDetected",
      expr: `${confidence} < ${Number((1 - limits.confidenceFall).toPrecision(6))} * (${confidence} offset 1d)`,
      for: "15m",
      severity: "warning",
      summary: "{{ $labels.model }} is less sure of its answers than a day before",
      description: `The mean confidence of an hour is {{ printf "%.2f" $value }}, more than ${limits.confidenceFall * 100}% below that of a day before. Get the truth of some recent rows and ask POST /performance.`,
    },
    {
      alert: "DriftReportsFailing",
      expr: 'sum by (model, version) (increase(drift_reports_total{outcome="failed"}[30m])) > 0 unless sum by (model, version) (increase(drift_reports_total{outcome="answered"}[30m])) > 0',
      for: "15m",
      severity: "warning",
      summary: "Nobody watches the drift of {{ $labels.model }} version {{ $labels.version }}",
      description:
        "Every window of the last 30 minutes was dropped because the drift service did not answer. Look at its pods and its database.",
    },
  ];
}

function resourceAlerts(limits: AlertThresholds): readonly AlertRule[] {
  const pod = "namespace, pod, container";
  return [
    {
      alert: "ModelAPIMemoryPressure",
      expr: `max by (${pod}) (container_memory_working_set_bytes{namespace="ml-platform", container!=""}) / max by (${pod}) (kube_pod_container_resource_limits{namespace="ml-platform", resource="memory"}) > ${limits.memoryShare}`,
      for: "5m",
      severity: "warning",
      summary: "{{ $labels.pod }} is near its memory limit",
      description: `{{ $labels.container }} uses {{ $value | humanizePercentage }} of its limit and is killed at 100%; ${limits.memoryShare * 100}% is the limit of this alert. Look for a larger model or a longer queue, then raise the limit.`,
    },
    {
      alert: "GPUUtilizationHigh",
      expr: `avg by (Hostname, gpu) (avg_over_time(DCGM_FI_DEV_GPU_UTIL[5m])) > ${limits.gpuPercent}`,
      for: "15m",
      severity: "warning",
      summary: "GPU {{ $labels.gpu }} of {{ $labels.Hostname }} has no room left",
      description: `It was busy {{ printf "%.0f" $value }}% of the last 5 minutes; ${limits.gpuPercent}% is the limit. Scale the model out, or give its node pool more nodes.`,
    },
  ];
}

/** The promises whose budgets are watched. */
export function serviceLevels({ availability, fastShare }: AlertThresholds): readonly ServiceLevel[] {
  return [
    {
      name: "availability",
      target: availability,
      bad: "failed or were turned away",
      badShare: (window) => failureShare(window, "model"),
    },
    {
      name: "latency",
      target: fastShare,
      bad: "took longer than half a second",
      badShare: (window) =>
        `1 - ${rate("prediction_latency_seconds_bucket", 'le="0.5"', window, "model")} / ${rate("prediction_latency_seconds_count", "", window, "model")}`,
    },
  ];
}
