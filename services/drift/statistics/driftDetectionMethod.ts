import { type DetectorStatus, type DriftDetector, requireOutcome } from "./driftDetector";

/** How DDM watches; defaults are river's. */
export interface DriftDetectionMethodOptions {
  /** Values before the first alarm. @default 30 */
  readonly warmStart?: number;
  /** Deviations above the best error rate that warn. @default 2 */
  readonly warningThreshold?: number;
  /** Deviations above the best error rate that alarm. @default 3 */
  readonly driftThreshold?: number;
}

/**
 * DDM: watches a stream of errors (1) and right predictions (0) for an error rate clearly above the best it has seen
 * (Gama and others, "Learning with drift detection", 2004).
 */
export class DriftDetectionMethod implements DriftDetector {
  private readonly options: Required<DriftDetectionMethodOptions>;
  private count = 0;
  private rate = 0;
  private bestRate = 0;
  private bestDeviation = 0;
  private bestSum = Infinity;

  constructor(options: DriftDetectionMethodOptions = {}) {
    this.options = { warmStart: 30, warningThreshold: 2, driftThreshold: 3, ...options };
  }

  update(value: number): DetectorStatus {
    requireOutcome(value);
    const { warmStart, warningThreshold, driftThreshold } = this.options;
    this.count++;
    this.rate += (value - this.rate) / this.count;
    const deviation = Math.sqrt((this.rate * (1 - this.rate)) / this.count);
    if (this.count <= warmStart) return "stable";
    const sum = this.rate + deviation;
    if (sum <= this.bestSum) {
      this.bestRate = this.rate;
      this.bestDeviation = deviation;
      this.bestSum = sum;
    }
    if (sum > this.bestRate + driftThreshold * this.bestDeviation) {
      this.count = 0;
      this.rate = 0;
      this.bestSum = Infinity;
      return "drift";
    }
    return sum > this.bestRate + warningThreshold * this.bestDeviation ? "warning" : "stable";
  }
}
