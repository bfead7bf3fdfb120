import type { Duration } from "../../../../components/kubernetes/monitoring/rule";

/** An alert as it must be at that time; annotations besides the runbook's address. */
export interface FiringAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly description: string;
}

/** What series make of one alert. */
export interface RuleCase {
  readonly alert: string;
  /** What happens, to read after the alert's name. */
  readonly says: string;
  /** Series in Prometheus's notation for unit tests, a sample a minute: `start+stepxcount`. */
  readonly series: Readonly<Record<string, string>>;
  readonly at: Duration;
  readonly fires: readonly FiringAlert[];
}

const TOY = '{model="toy",version="1"}';
/** Requests a minute, some within half a second and some within one. */
export const latencyBuckets = (fast: number, slow: number) => ({
  'prediction_latency_seconds_bucket{model="toy",version="1",le="0.5"}': `0+${fast}x200`,
  'prediction_latency_seconds_bucket{model="toy",version="1",le="1"}': `0+${fast + slow}x200`,
  'prediction_latency_seconds_bucket{model="toy",version="1",le="+Inf"}': `0+${fast + slow}x200`,
  [`prediction_latency_seconds_count${TOY}`]: `0+${fast + slow}x200`,
});
/** Requests a minute by how they ended. */
export const requestCounts = (success: number, failed: number, count = 200, rejected = 0) => ({
  'model_predictions_total{model="toy",version="1",status="success"}': `0+${success}x${count}`,
  'model_predictions_total{model="toy",version="1",status="failed"}': `0+${failed}x${count}`,
  'model_predictions_total{model="toy",version="1",status="rejected"}': `0+${rejected}x${count}`,
});
