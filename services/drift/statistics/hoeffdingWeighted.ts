import { type DetectorStatus, type DriftDetector, requireOutcome } from "./driftDetector";
import type { HoeffdingOptions } from "./hoeffdingAverage";

/** How HDDM-W watches; defaults are river's. */
export interface HoeffdingWeightedOptions extends HoeffdingOptions {
  /** Weight of the newest value. @default 0.05 */
  readonly lambda?: number;
}

/** An exponentially weighted mean with the sum of squared weights that bounds its deviation. */
interface WeightedMean {
  readonly started: boolean;
  readonly mean: number;
  readonly weights: number;
}

const NOTHING: WeightedMean = { started: false, mean: 0, weights: 1 };

/**
 * HDDM-W: as HDDM-A on exponentially weighted means, by McDiarmid's bound, quicker on gradual drift (Frias-Blanco and
 * others, "Online and non-parametric drift detection methods based on Hoeffding's bounds", 2015).
 */
export class HoeffdingWeighted implements DriftDetector {
  private readonly options: Required<HoeffdingWeightedOptions>;
  private all = NOTHING;
  private beforeRise = NOTHING;
  private afterRise = NOTHING;
  private riseCut = Infinity;
  private beforeFall = NOTHING;
  private afterFall = NOTHING;
  private fallCut = -Infinity;

  constructor(options: HoeffdingWeightedOptions = {}) {
    this.options = { driftConfidence: 0.001, warningConfidence: 0.005, twoSided: false, lambda: 0.05, ...options };
  }

  update(value: number): DetectorStatus {
    requireOutcome(value);
    const { driftConfidence, warningConfidence } = this.options;
    this.all = this.take(this.all, value);
    const bound = mcDiarmidBound(this.all.weights, driftConfidence);
    this.moveCuts(value, bound);
    if (this.moved(driftConfidence)) {
      this.forget();
      return "drift";
    }
    return this.moved(warningConfidence) ? "warning" : "stable";
  }

  private take({ started, mean, weights }: WeightedMean, value: number): WeightedMean {
    const { lambda } = this.options;
    return {
      started: true,
      mean: started ? lambda * value + (1 - lambda) * mean : value,
      weights: lambda * lambda + (1 - lambda) ** 2 * weights,
    };
  }

  /** A new extreme of the mean is the best place to cut: what follows is compared with what was up to there. */
  private moveCuts(value: number, bound: number): void {
    if (this.all.mean + bound < this.riseCut) {
      this.riseCut = this.all.mean + bound;
      this.beforeRise = this.all;
      this.afterRise = NOTHING;
    } else {
      this.afterRise = this.take(this.afterRise, value);
    }
    if (this.all.mean - bound > this.fallCut) {
      this.fallCut = this.all.mean - bound;
      this.beforeFall = this.all;
      this.afterFall = NOTHING;
    } else {
      this.afterFall = this.take(this.afterFall, value);
    }
  }

  private moved(confidence: number): boolean {
    return (
      exceeds(this.beforeRise, this.afterRise, confidence) ||
      (this.options.twoSided && exceeds(this.afterFall, this.beforeFall, confidence))
    );
  }

  private forget(): void {
    this.all = NOTHING;
    this.beforeRise = NOTHING;
    this.afterRise = NOTHING;
    this.riseCut = Infinity;
    this.beforeFall = NOTHING;
    this.afterFall = NOTHING;
    this.fallCut = -Infinity;
  }
}

function exceeds(low: WeightedMean, high: WeightedMean, confidence: number): boolean {
  if (!low.started || !high.started) return false;
  return high.mean - low.mean > mcDiarmidBound(low.weights + high.weights, confidence);
}

function mcDiarmidBound(weights: number, confidence: number): number {
  return Math.sqrt((weights * Math.log(1 / confidence)) / 2);
}
