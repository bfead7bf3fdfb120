import { type DetectorStatus, type DriftDetector, requireOutcome } from "./driftDetector";

/** How the Hoeffding detectors watch; defaults are river's. */
export interface HoeffdingOptions {
  /** Chance of a false alarm. @default 0.001 */
  readonly driftConfidence?: number;
  /** Chance of a false warning. @default 0.005 */
  readonly warningConfidence?: number;
  /** Whether a falling error rate alarms too. @default false */
  readonly twoSided?: boolean;
}

/** Values so far and their mean. */
interface RunningMean {
  readonly count: number;
  readonly mean: number;
}

const NOTHING: RunningMean = { count: 0, mean: 0 };

/**
 * HDDM-A: compares the mean of all errors (1) and right predictions (0) with that up to the best cut, by Hoeffding's
 * bound (Frias-Blanco and others, "Online and non-parametric drift detection methods based on Hoeffding's bounds", 2015).
 */
export class HoeffdingAverage implements DriftDetector {
  private readonly options: Required<HoeffdingOptions>;
  private all = NOTHING;
  private lowest = NOTHING;
  private highest = NOTHING;

  constructor(options: HoeffdingOptions = {}) {
    this.options = { driftConfidence: 0.001, warningConfidence: 0.005, twoSided: false, ...options };
  }

  update(value: number): DetectorStatus {
    requireOutcome(value);
    const count = this.all.count + 1;
    this.all = { count, mean: this.all.mean + (value - this.all.mean) / count };
    if (this.lowest.count === 0 || this.lowest.mean + this.bound(this.lowest) >= this.all.mean + this.bound(this.all)) {
      this.lowest = this.all;
    }
    if (
      this.highest.count === 0 ||
      this.highest.mean - this.bound(this.highest) <= this.all.mean - this.bound(this.all)
    ) {
      this.highest = this.all;
    }
    const { driftConfidence, warningConfidence } = this.options;
    if (this.moved(driftConfidence)) {
      this.all = NOTHING;
      this.lowest = NOTHING;
      this.highest = NOTHING;
      return "drift";
    }
    return this.moved(warningConfidence) ? "warning" : "stable";
  }

  private bound({ count }: RunningMean): number {
    return Math.sqrt(Math.log(1 / this.options.driftConfidence) / (2 * count));
  }

  private moved(confidence: number): boolean {
    const rise = this.all.mean - this.lowest.mean;
    const fall = this.highest.mean - this.all.mean;
    return (
      this.exceeds(rise, this.lowest, confidence) ||
      (this.options.twoSided && this.exceeds(fall, this.highest, confidence))
    );
  }

  /** Whether the mean has moved from that up to a cut by more than chance would. */
  private exceeds(gap: number, cut: RunningMean, confidence: number): boolean {
    if (cut.count === this.all.count) return false;
    const inverse = (this.all.count - cut.count) / cut.count / this.all.count;
    return gap >= Math.sqrt((inverse / 2) * Math.log(2 / confidence));
  }
}
