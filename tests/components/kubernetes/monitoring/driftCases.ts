import type { RuleCase } from "./ruleCase";

const TOY = '{model="toy",version="1"}';
const memory = (bytes: number) => ({
  'container_memory_working_set_bytes{namespace="ml-platform",pod="serving-1",container="serving"}': `${bytes}x60`,
  'container_memory_working_set_bytes{namespace="ml-platform",pod="serving-1",container=""}': `${2 * bytes}x60`,
  'kube_pod_container_resource_limits{namespace="ml-platform",pod="serving-1",container="serving",resource="memory"}':
    "1000x60",
  'kube_pod_container_resource_limits{namespace="ml-platform",pod="serving-1",container="serving",resource="cpu"}':
    "1x60",
});
const confidence = (today: number) => ({
  [`prediction_confidence_sum${TOY}`]: `0+54x1440 ${54 * 1440}+${60 * today}x120`,
  [`prediction_confidence_count${TOY}`]: "0+60x1560",
});

/** Cases of the alerts on drift and on resources. The silent ones are just inside the limits. */
export const DRIFT_CASES: readonly RuleCase[] = [
  {
    alert: "DataDriftDetected",
    says: "model server and drift service tell the same drift",
    series: {
      'drift_score{model="toy",version="1",pod="serving-1"}': "0.75x30",
      'drift_score{reference="toy-1",pod="drift-1"}': "0.75x30",
    },
    at: "16m",
    fires: [
      {
        labels: { severity: "warning", reference: "toy-1" },
        summary: "The data of toy-1 has drifted",
        description:
          "75% of the features no longer look like the reference; 70% is the limit. The drift report names the features; check their source, then retrain.",
      },
    ],
  },
  {
    alert: "DataDriftDetected",
    says: "not yet a quarter of an hour",
    series: { [`drift_score${TOY}`]: "0.7x5 0.75x30" },
    at: "20m",
    fires: [],
  },
  {
    alert: "FeatureDriftDetected",
    says: "one of two features",
    series: {
      'feature_drift_score{model="toy",version="1",feature="age"}': "0.9x30",
      'feature_drift_score{model="toy",version="1",feature="sex"}': "0.8x30",
    },
    at: "16m",
    fires: [
      {
        labels: { severity: "warning", reference: "toy-1", feature: "age" },
        summary: "age of toy-1 has drifted",
        description: "Its test statistic is 0.90; 0.8 is the limit. Look at the source of this feature first.",
      },
    ],
  },
  {
    alert: "FeatureDriftDetected",
    says: "exactly at the limit",
    series: { 'feature_drift_score{reference="toy-1",feature="age"}': "0.8x30" },
    at: "20m",
    fires: [],
  },
  {
    alert: "ConceptDriftDetected",
    says: "the mean confidence falls from 0.9 to 0.8",
    series: confidence(0.8),
    at: "1540m",
    fires: [
      {
        labels: { severity: "warning", model: "toy" },
        summary: "toy is less sure of its answers than a day before",
        description:
          "The mean confidence of an hour is 0.80, more than 10% below that of a day before. Get the truth of some recent rows and ask POST /performance.",
      },
    ],
  },
  {
    alert: "ConceptDriftDetected",
    says: "the mean confidence falls from 0.9 to 0.82",
    series: confidence(0.82),
    at: "1540m",
    fires: [],
  },
  {
    alert: "DriftReportsFailing",
    says: "every window is dropped",
    series: { 'drift_reports_total{model="toy",version="1",outcome="failed"}': "0+1x60" },
    at: "40m",
    fires: [
      {
        labels: { severity: "warning", model: "toy", version: "1" },
        summary: "Nobody watches the drift of toy version 1",
        description:
          "Every window of the last 30 minutes was dropped because the drift service did not answer. Look at its pods and its database.",
      },
    ],
  },
  {
    alert: "DriftReportsFailing",
    says: "some windows are dropped",
    series: {
      'drift_reports_total{model="toy",version="1",outcome="failed"}': "0+1x60",
      'drift_reports_total{model="toy",version="1",outcome="answered"}': "0+1x60",
    },
    at: "40m",
    fires: [],
  },
  {
    alert: "ModelAPIMemoryPressure",
    says: "95% of the container's limit",
    series: memory(950),
    at: "10m",
    fires: [
      {
        labels: { severity: "warning", namespace: "ml-platform", pod: "serving-1", container: "serving" },
        summary: "serving-1 is near its memory limit",
        description:
          "serving uses 95% of its limit and is killed at 100%; 90% is the limit of this alert. Look for a larger model or a longer queue, then raise the limit.",
      },
    ],
  },
  { alert: "ModelAPIMemoryPressure", says: "90% of the container's limit", series: memory(900), at: "10m", fires: [] },
  {
    alert: "GPUUtilizationHigh",
    says: "95% busy",
    series: { 'DCGM_FI_DEV_GPU_UTIL{Hostname="gpu-1",gpu="0",UUID="GPU-a"}': "95x60" },
    at: "30m",
    fires: [
      {
        labels: { severity: "warning", Hostname: "gpu-1", gpu: "0" },
        summary: "GPU 0 of gpu-1 has no room left",
        description:
          "It was busy 95% of the last 5 minutes; 90% is the limit. Scale the model out, or give its node pool more nodes.",
      },
    ],
  },
  {
    alert: "GPUUtilizationHigh",
    says: "90% busy",
    series: { 'DCGM_FI_DEV_GPU_UTIL{Hostname="gpu-1",gpu="0",UUID="GPU-a"}': "90x60" },
    at: "30m",
    fires: [],
  },
];
