import { latencyBuckets, type RuleCase, requestCounts } from "./ruleCase";

const traffic = (today: number) => ({
  'model_predictions_total{model="toy",version="1",status="success"}': `0+600x1440 864000+${today}x90`,
});

/** Cases of the alerts on predictions and on what answers them. The silent ones are just inside the limits. */
export const PREDICTION_CASES: readonly RuleCase[] = [
  {
    alert: "ModelAccuracyDegradation",
    says: "one replica measured less than promotion asks",
    series: {
      'model_accuracy{model="toy",mode="measured",pod="drift-1"}': "0.84x30",
      'model_accuracy{model="toy",mode="measured",pod="drift-2"}': "0.9x30",
      'model_accuracy{model="toy",mode="estimated",pod="drift-2"}': "0.9x30",
    },
    at: "11m",
    fires: [
      {
        labels: { severity: "critical", model: "toy", mode: "measured" },
        summary: "toy is right in 84% of the cases",
        description:
          "The measured accuracy of the last window is 84%; 85% is the least that promotion allows. Compare the windows of POST /performance, then roll back or retrain.",
      },
    ],
  },
  {
    alert: "ModelAccuracyDegradation",
    says: "exactly what promotion asks",
    series: { 'model_accuracy{model="toy",mode="measured"}': "0.85x30" },
    at: "20m",
    fires: [],
  },
  {
    alert: "HighModelInferenceLatency",
    says: "one request in ten takes up to a second",
    series: latencyBuckets(54, 6),
    at: "20m",
    fires: [
      {
        labels: { severity: "warning", model: "toy", version: "1" },
        summary: "toy version 1 answers slowly",
        description:
          "One request in twenty waits 750ms or longer; 0.5 s is the limit. Look at inference_queue_rows and the CPU of the pods.",
      },
    ],
  },
  {
    alert: "HighModelInferenceLatency",
    says: "one request in thirty takes up to a second",
    series: latencyBuckets(58, 2),
    at: "20m",
    fires: [],
  },
  {
    alert: "HighPredictionFailureRate",
    says: "one request in ten fails",
    series: requestCounts(54, 6),
    at: "20m",
    fires: [
      {
        labels: { severity: "critical", model: "toy", version: "1" },
        summary: "toy version 1 fails 10% of its requests",
        description:
          "The model failed or turned away 10% of the requests of 5 minutes; 5% is the limit. model_errors_total has the codes.",
      },
    ],
  },
  {
    alert: "HighPredictionFailureRate",
    says: "callers send nonsense, which is not the service's fault",
    series: requestCounts(30, 1, 200, 29),
    at: "20m",
    fires: [],
  },
  {
    alert: "ModelThroughputDegradation",
    says: "a third of the requests of the day before",
    series: traffic(200),
    at: "1500m",
    fires: [
      {
        labels: { severity: "warning", model: "toy" },
        summary: "toy is asked far less than a day before",
        description:
          "It takes 3.3 requests a second, less than 50% of a day before. Look whether requests still reach the gateway, and whether the pods are ready.",
      },
    ],
  },
  {
    alert: "ModelThroughputDegradation",
    says: "all pods are gone",
    series: { 'model_predictions_total{model="toy",version="1",status="success"}': "0+600x1400" },
    at: "1470m",
    fires: [
      {
        labels: { severity: "warning", model: "toy" },
        summary: "toy is asked far less than a day before",
        description:
          "It takes 0.0 requests a second, less than 50% of a day before. Look whether requests still reach the gateway, and whether the pods are ready.",
      },
    ],
  },
  {
    alert: "ModelThroughputDegradation",
    says: "two thirds of the requests of the day before",
    series: traffic(400),
    at: "1500m",
    fires: [],
  },
  {
    alert: "ServiceDown",
    says: "a pod cannot be scraped",
    series: { 'up{namespace="ml-platform",job="drift",pod="drift-1",instance="10.0.0.1:8081"}': "0x30" },
    at: "10m",
    fires: [
      {
        labels: {
          severity: "critical",
          namespace: "ml-platform",
          job: "drift",
          pod: "drift-1",
          instance: "10.0.0.1:8081",
        },
        summary: "drift-1 cannot be scraped",
        description:
          "Prometheus got no metrics from drift at 10.0.0.1:8081 for 5 minutes. Look at the pod's state and its last log lines.",
      },
    ],
  },
  {
    alert: "ServiceDown",
    says: "it comes back within five minutes",
    series: { 'up{namespace="ml-platform",job="drift",pod="drift-1",instance="10.0.0.1:8081"}': "0x4 1x20" },
    at: "10m",
    fires: [],
  },
  {
    alert: "ProbeFailed",
    says: "the address does not answer",
    series: { 'probe_success{job="blackbox",instance="https://api.example.com/health"}': "0x30" },
    at: "10m",
    fires: [
      {
        labels: { severity: "critical", job: "blackbox", instance: "https://api.example.com/health" },
        summary: "https://api.example.com/health does not answer",
        description: "The address failed every probe of 5 minutes. Look at the gateway, its certificate and the route.",
      },
    ],
  },
  {
    alert: "ProbeFailed",
    says: "every other probe fails",
    series: { 'probe_success{instance="https://api.example.com/health"}': "0 1 0 1 0 1 0 1 0 1 0 1" },
    at: "10m",
    fires: [],
  },
];
