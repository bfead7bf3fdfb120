import { type DetectorStatus, type DriftDetector, requireFinite } from "./driftDetector";

/** How the Page-Hinkley test watches; defaults are river's. */
export interface PageHinkleyOptions {
  /** Values before the first alarm. @default 30 */
  readonly minInstances?: number;
  /** Change of the mean that is tolerated. @default 0.005 */
  readonly delta?: number;
  /** Cumulated deviation that raises the alarm. @default 50 */
  readonly threshold?: number;
  /** Weight that each step leaves to the past. @default 0.9999 */
  readonly alpha?: number;
  /** Which changes of the mean count. @default "both" */
  readonly mode?: "up" | "down" | "both";
}

/**
 * The Page-Hinkley test: cumulates deviations from the running mean and alarms when they have moved from their extreme
 * by a threshold (Page, "Continuous inspection schemes", 1954), with river's forgetting factor.
 */
export class PageHinkley implements DriftDetector {
  private readonly options: Required<PageHinkleyOptions>;
  private count = 0;
  private mean = 0;
  private rise = 0;
  private leastRise = Infinity;
  private fall = 0;
  private greatestFall = -1;

  constructor(options: PageHinkleyOptions = {}) {
    this.options = { minInstances: 30, delta: 0.005, threshold: 50, alpha: 0.9999, mode: "both", ...options };
  }

  update(value: number): DetectorStatus {
    requireFinite(value);
    const { minInstances, delta, threshold, alpha, mode } = this.options;
    this.count++;
    this.mean += (value - this.mean) / this.count;
    const deviation = value - this.mean;
    this.rise = alpha * this.rise + deviation - delta;
    this.fall = alpha * this.fall + deviation + delta;
    this.leastRise = Math.min(this.leastRise, this.rise);
    this.greatestFall = Math.max(this.greatestFall, this.fall);
    const up = mode !== "down" && this.rise - this.leastRise > threshold;
    const down = mode !== "up" && this.greatestFall - this.fall > threshold;
    if (this.count < minInstances || !(up || down)) return "stable";
    this.forget();
    return "drift";
  }

  private forget(): void {
    this.count = 0;
    this.mean = 0;
    this.rise = 0;
    this.leastRise = Infinity;
    this.fall = 0;
    this.greatestFall = -1;
  }
}
