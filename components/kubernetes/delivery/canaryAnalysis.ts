import type { IAnalysisTemplate } from "../operatorTypes";

/** When a canary is taken back. */
export interface CanaryLimits {
  /** Greatest share of requests that may fail by the service's fault, 0 to 1. */
  readonly errorRate: number;
  /** Least share of requests that must be answered with a prediction, 0 to 1; what callers got wrong does not count. */
  readonly successRate: number;
  /** Greatest 95th percentile of latency, seconds. */
  readonly latencyP95Seconds: number;
  /** Greatest share of drifted features, 0 to 1. */
  readonly driftScore: number;
}

export const CANARY_LIMITS: CanaryLimits = {
  errorRate: 0.05,
  successRate: 0.99,
  latencyP95Seconds: 1,
  driftScore: 0.8,
};

/** A question to Prometheus about the canary's pods alone, and the answer that they may go on with. */
export interface CanaryCheck {
  readonly name: "error-rate" | "success-rate" | "latency-p95" | "drift";
  /** PromQL over `window`; `{{args.canary-hash}}` is the hash of the canary's pod template. */
  readonly query: string;
  /** Condition on `result[0]`; a canary that nobody asked anything has no result, or one that is not a number. */
  readonly success: string;
  /** Answers against it in a row that end it. */
  readonly failures: number;
}

/** Pods of a Rollout are called by its name, the hash of their template, and five letters. */
const PODS = 'pod=~".+-{{args.canary-hash}}-.+"';
const WINDOW = "2m";
const ASKED = `sum(rate(model_predictions_total{${PODS},status!="rejected"}[${WINDOW}]))`;

/** Every check of a canary of a model server; each names metrics that model servers export. */
export function canaryChecks(limits: CanaryLimits): readonly CanaryCheck[] {
  const share = (status: string) =>
    `sum(rate(model_predictions_total{${PODS},status=~"${status}"}[${WINDOW}])) / ${ASKED}`;
  const bucket = `sum by (le) (rate(prediction_latency_seconds_bucket{${PODS}}[${WINDOW}]))`;
  return [
    { name: "error-rate", query: share("failed|overloaded"), success: atMost(limits.errorRate), failures: 1 },
    { name: "success-rate", query: share("success"), success: atLeast(limits.successRate), failures: 2 },
    {
      name: "latency-p95",
      query: `histogram_quantile(0.95, ${bucket})`,
      success: atMost(limits.latencyP95Seconds),
      failures: 2,
    },
    { name: "drift", query: `max(drift_score{${PODS}})`, success: atMost(limits.driftScore), failures: 1 },
  ];
}

/** Nothing measured is nothing against it: the steps' own pauses make sure that there is time to be asked. */
const UNMEASURED = "len(result) == 0 || isNaN(result[0])";
const atMost = (limit: number) => `${UNMEASURED} || result[0] <= ${limit}`;
const atLeast = (limit: number) => `${UNMEASURED} || result[0] >= ${limit}`;

/** The checks as a template of Argo Rollouts, measured each minute until the canary ends. */
export function analysisSpec(limits: CanaryLimits, prometheusUrl: string): NonNullable<IAnalysisTemplate["spec"]> {
  return {
    args: [{ name: "canary-hash" }],
    metrics: canaryChecks(limits).map(({ name, query, success, failures }) => ({
      name,
      interval: "1m",
      // Two scrapes must have been, or a rate has nothing to look at.
      initialDelay: "1m",
      successCondition: success,
      failureLimit: failures - 1,
      consecutiveErrorLimit: 4,
      provider: { prometheus: { address: prometheusUrl, query, timeout: 20 } },
    })),
  };
}
