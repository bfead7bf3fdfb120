import { type DetectorStatus, type DriftDetector, requireFinite } from "./driftDetector";
import { kolmogorovSmirnov } from "./kolmogorovSmirnov";
import { indices, SeededRandom } from "./seededRandom";
import { StatisticsError } from "./statisticsError";

/** How KSWIN watches; defaults are river's. */
export interface KolmogorovSmirnovWindowOptions {
  /** P-value at which it alarms. A test is made at every value: keep it below 0.01. @default 0.005 */
  readonly alpha?: number;
  /** Values kept. @default 100 */
  readonly windowSize?: number;
  /** Newest values compared with as many drawn from the rest, at most half the window. @default 30 */
  readonly statisticSize?: number;
  /** Fixes what is drawn; river draws by another generator, so places may differ by a few values. @default 42 */
  readonly seed?: number;
}

/** A smaller distance never alarms, however unlikely. */
const LEAST_DISTANCE = 0.1;

/**
 * KSWIN: compares the newest values of a sliding window with a draw from its older ones by the Kolmogorov-Smirnov test
 * (Raab, Heusinger and Schleif, "Reactive soft prototype computing for concept drift streams", 2020). After a drift the
 * newest values stay, as in the paper.
 */
export class KolmogorovSmirnovWindow implements DriftDetector {
  private readonly options: Required<KolmogorovSmirnovWindowOptions>;
  private readonly random: SeededRandom;
  private window: number[] = [];

  /** Throws StatisticsError when the window has not room for both samples. */
  constructor(options: KolmogorovSmirnovWindowOptions = {}) {
    this.options = { alpha: 0.005, windowSize: 100, statisticSize: 30, seed: 42, ...options };
    const { windowSize, statisticSize } = this.options;
    if (!(statisticSize >= 1 && 2 * statisticSize <= windowSize)) {
      throw new StatisticsError(
        `a window of ${windowSize} has no two samples of ${statisticSize}: the window must hold at least twice as many`,
      );
    }
    this.random = new SeededRandom(this.options.seed);
  }

  update(value: number): DetectorStatus {
    requireFinite(value);
    const { alpha, windowSize, statisticSize } = this.options;
    this.window.push(value);
    if (this.window.length > windowSize) this.window.shift();
    if (this.window.length < windowSize) return "stable";
    const older = indices(windowSize - statisticSize);
    this.random.shuffle(older, statisticSize);
    const drawn = Float64Array.from(older.subarray(0, statisticSize), (i) => this.window[i] as number).sort();
    const newest = this.window.slice(-statisticSize);
    const { statistic, pValue } = kolmogorovSmirnov(drawn, Float64Array.from(newest).sort());
    if (pValue > alpha || statistic <= LEAST_DISTANCE) return "stable";
    this.window = newest;
    return "drift";
  }
}
