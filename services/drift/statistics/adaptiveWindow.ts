import { type DetectorStatus, type DriftDetector, requireFinite } from "./driftDetector";

/** How ADWIN watches; defaults are river's. */
export interface AdaptiveWindowOptions {
  /** Chance of a false alarm at a check, 0 to 1. @default 0.002 */
  readonly delta?: number;
  /** Values between checks. @default 32 */
  readonly clock?: number;
  /** Buckets of one size before two are merged. @default 5 */
  readonly maxBuckets?: number;
  /** Shortest part of the window that is compared. @default 5 */
  readonly minWindowLength?: number;
  /** Values before the first check. @default 10 */
  readonly gracePeriod?: number;
}

/** Consecutive values as their sum and their squared deviations from their mean. */
interface Bucket {
  readonly total: number;
  readonly deviations: number;
}

/**
 * ADWIN: keeps as many recent values as have one mean, in buckets whose sizes double with age (Bifet and Gavalda,
 * "Learning from time-changing data with adaptive windowing", 2007). Detects where river 0.23 does, which forgets
 * the whole window once it has reported a drift.
 */
export class AdaptiveWindow implements DriftDetector {
  private readonly options: Required<AdaptiveWindowOptions>;
  /** `levels[i]` holds buckets of 2^i values, oldest first. */
  private levels: Bucket[][] = [[]];
  private width = 0;
  private total = 0;
  private deviations = 0;
  private seen = 0;
  private drifted = false;

  constructor(options: AdaptiveWindowOptions = {}) {
    this.options = { delta: 0.002, clock: 32, maxBuckets: 5, minWindowLength: 5, gracePeriod: 10, ...options };
  }

  /** Mean of the values in the window; 0 while it is empty. */
  get mean(): number {
    return this.width === 0 ? 0 : this.total / this.width;
  }

  /** Values in the window. */
  get size(): number {
    return this.width;
  }

  update(value: number): DetectorStatus {
    requireFinite(value);
    if (this.drifted) this.forget();
    this.insert(value);
    this.seen++;
    const due = this.seen % this.options.clock === 0 && this.width > this.options.gracePeriod;
    if (due) while (this.cutsSomewhere()) this.drifted = true;
    return this.drifted ? "drift" : "stable";
  }

  private forget(): void {
    this.levels = [[]];
    this.width = 0;
    this.total = 0;
    this.deviations = 0;
    this.seen = 0;
    this.drifted = false;
  }

  private insert(value: number): void {
    if (this.width > 0) {
      const fromMean = value - this.total / this.width;
      this.deviations += (this.width * fromMean * fromMean) / (this.width + 1);
    }
    this.width++;
    this.total += value;
    this.levels[0]?.push({ total: value, deviations: 0 });
    this.mergeOldest();
  }

  /** Two buckets too many of one size become one of the next. */
  private mergeOldest(): void {
    for (let level = 0; level < this.levels.length; level++) {
      const buckets = this.levels[level] as Bucket[];
      if (buckets.length <= this.options.maxBuckets) return;
      const [first, second] = buckets.splice(0, 2) as [Bucket, Bucket];
      const size = 2 ** level;
      const gap = (first.total - second.total) / size;
      const merged = {
        total: first.total + second.total,
        deviations: first.deviations + second.deviations + (size * gap * gap) / 2,
      };
      const next = this.levels[level + 1];
      if (next) next.push(merged);
      else this.levels.push([merged]);
    }
  }

  /** Walks the window from its oldest end; drops the oldest bucket and says so where both parts' means differ. */
  private cutsSomewhere(): boolean {
    const { minWindowLength } = this.options;
    let oldSize = 0;
    let oldTotal = 0;
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const buckets = this.levels[level] as Bucket[];
      for (let k = 0; k < buckets.length; k++) {
        oldSize += 2 ** level;
        oldTotal += (buckets[k] as Bucket).total;
        const newSize = this.width - oldSize;
        if (oldSize < minWindowLength || newSize < minWindowLength) continue;
        const gap = Math.abs(oldTotal / oldSize - (this.total - oldTotal) / newSize);
        if (gap > this.allowedGap(oldSize, newSize)) {
          this.dropOldest();
          return true;
        }
      }
    }
    return false;
  }

  /** The paper's epsilon_cut with the variance of the window (section 3.2), sizes less the shortest part. */
  private allowedGap(oldSize: number, newSize: number): number {
    const { delta, minWindowLength } = this.options;
    const confidence = Math.log((2 * Math.log(this.width)) / delta);
    const inverseSizes = 1 / (oldSize - minWindowLength + 1) + 1 / (newSize - minWindowLength + 1);
    const variance = this.deviations / this.width;
    return Math.sqrt(2 * inverseSizes * variance * confidence) + (2 / 3) * confidence * inverseSizes;
  }

  private dropOldest(): void {
    const oldest = this.levels[this.levels.length - 1] as Bucket[];
    const bucket = oldest.shift() as Bucket;
    const size = 2 ** (this.levels.length - 1);
    this.width -= size;
    this.total -= bucket.total;
    const gap = bucket.total / size - this.total / this.width;
    this.deviations -= bucket.deviations + (size * this.width * gap * gap) / (size + this.width);
    if (oldest.length === 0) this.levels.pop();
  }
}
