import type { ScalingSignal } from "../../services/runtime/descriptor";

/** Signals that the API server's own metrics do not have; prometheus-adapter offers them as metrics of pods. */
export type CustomSignal = Exclude<ScalingSignal["metric"], "cpuPercent" | "memoryPercent">;

/** Names under which autoscalers ask for them: requests a second, 95th percentile in seconds, drift score 0 to 1. */
export const SCALING_METRICS: Readonly<Record<CustomSignal, string>> = {
  requestsPerSecond: "tideline_requests_per_second",
  latencyP95Seconds: "tideline_latency_p95_seconds",
  driftScore: "tideline_drift_score",
};
