/** Where the alerts on models begin. */
export interface AlertThresholds {
  /** Accuracy of a model's last measured window. @default 0.85, what promotion asks of a model */
  readonly accuracy: number;
  /** 95th percentile of prediction latency in seconds. @default 0.5, what the autoscaler aims at */
  readonly latencyP95Seconds: number;
  /** Share of drifted features. @default 0.7 */
  readonly driftScore: number;
  /** Test statistic of one feature. @default 0.8 */
  readonly featureDriftScore: number;
  /** Relative fall of the mean confidence against a day before. @default 0.1 */
  readonly confidenceFall: number;
  /** Share of a container's memory limit. @default 0.9 */
  readonly memoryShare: number;
  /** Utilisation of a GPU in percent. @default 90 */
  readonly gpuPercent: number;
  /** Share of prediction requests that the service failed or turned away. @default 0.05 */
  readonly failureShare: number;
  /** Share of the throughput of a day before. @default 0.5 */
  readonly throughputShare: number;
  /** Throughput a day before, in requests a second, below which a fall is not told. @default 1 */
  readonly throughputFloor: number;
  /** Share of prediction requests that must be answered. @default 0.999 */
  readonly availability: number;
  /** Share of predictions that must be faster than half a second. @default 0.99 */
  readonly fastShare: number;
}

/** The figures that the platform promises. */
export const ALERT_THRESHOLDS: AlertThresholds = {
  accuracy: 0.85,
  latencyP95Seconds: 0.5,
  driftScore: 0.7,
  featureDriftScore: 0.8,
  confidenceFall: 0.1,
  memoryShare: 0.9,
  gpuPercent: 90,
  failureShare: 0.05,
  throughputShare: 0.5,
  throughputFloor: 1,
  availability: 0.999,
  fastShare: 0.99,
};
