import { type DetectorStatus, type DriftDetector, requireOutcome } from "./driftDetector";

/** How EDDM watches; defaults are river's. */
export interface EarlyDriftDetectionMethodOptions {
  /** Values, and errors, before the first alarm. @default 30 */
  readonly warmStart?: number;
  /** Share of the widest spacing of errors below which it warns. @default 0.95 */
  readonly alpha?: number;
  /** Share of the widest spacing of errors below which it alarms. @default 0.9 */
  readonly beta?: number;
}

/**
 * EDDM: watches how far apart errors (1) lie among right predictions (0), which notices slow drift before the error
 * rate shows it (Baena-Garcia and others, "Early drift detection method", 2006).
 */
export class EarlyDriftDetectionMethod implements DriftDetector {
  private readonly options: Required<EarlyDriftDetectionMethodOptions>;
  private count = 0;
  private lastError = 0;
  private errors = 0;
  private meanDistance = 0;
  private squaredDeviations = 0;
  private widest = -1;
  private status: DetectorStatus = "stable";

  constructor(options: EarlyDriftDetectionMethodOptions = {}) {
    this.options = { warmStart: 30, alpha: 0.95, beta: 0.9, ...options };
  }

  update(value: number): DetectorStatus {
    requireOutcome(value);
    if (this.status === "drift") this.forget();
    this.count++;
    if (value === 0) return this.status;
    const distance = this.count - this.lastError;
    this.lastError = this.count;
    this.errors++;
    const step = distance - this.meanDistance;
    this.meanDistance += step / this.errors;
    this.squaredDeviations += step * (distance - this.meanDistance);
    if (this.count > this.options.warmStart) this.status = this.judge();
    return this.status;
  }

  private judge(): DetectorStatus {
    const { warmStart, alpha, beta } = this.options;
    const variance = this.errors > 1 ? this.squaredDeviations / (this.errors - 1) : 0;
    const spacing = this.meanDistance + 2 * Math.sqrt(variance);
    if (spacing > this.widest) {
      this.widest = spacing;
      return this.status;
    }
    if (this.errors <= warmStart) return this.status;
    const level = spacing / this.widest;
    return level < beta ? "drift" : level < alpha ? "warning" : "stable";
  }

  private forget(): void {
    this.count = 0;
    this.lastError = 0;
    this.errors = 0;
    this.meanDistance = 0;
    this.squaredDeviations = 0;
    this.widest = -1;
    this.status = "stable";
  }
}
