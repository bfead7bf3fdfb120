import type { ByteReader, ByteWriter } from "./portableBytes";
import { SketchMismatchError } from "./sketchErrors";

/** Categories kept; a column of fewer is counted exactly. */
export const HEAVY_HITTERS_CAPACITY = 4096;

/**
 * The most frequent categories with their counts: Misra and Gries (1982), merged as in Agarwal et al. ("Mergeable
 * summaries", 2012). Counts are exact while there are no more categories than the capacity; beyond, each is too low by
 * at most `undercount`, which is at most n / (capacity + 1) for n values, and a category not listed occurred no more
 * often than that.
 */
export class HeavyHitters {
  /** Values seen. */
  count = 0;
  /** Largest error of any count, certain; 0 while all counts are exact. */
  undercount = 0;
  private readonly counts = new Map<string, number>();

  constructor(readonly capacity: number = HEAVY_HITTERS_CAPACITY) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`Heavy hitters of capacity ${capacity} were asked for: a whole number from 1 on is needed.`);
    }
  }

  /** Adds `times` occurrences of a category. */
  insert(category: string, times = 1): void {
    this.counts.set(category, (this.counts.get(category) ?? 0) + times);
    this.count += times;
    // Cut back seldom: room for as many again makes the cost a constant for each new category.
    if (this.counts.size > 2 * this.capacity) this.cut();
  }

  /** @throws {SketchMismatchError} when the capacities differ. */
  merge(other: HeavyHitters): void {
    if (other.capacity !== this.capacity) {
      throw new SketchMismatchError(
        `Heavy hitters of capacity ${this.capacity} cannot take in those of ${other.capacity}: make both with the same.`,
      );
    }
    for (const [category, count] of [...other.counts]) {
      this.counts.set(category, (this.counts.get(category) ?? 0) + count);
    }
    this.count += other.count;
    this.undercount += other.undercount;
    if (this.counts.size > this.capacity) this.cut();
  }

  /** At most `capacity` categories, the most frequent first, ties by name. */
  top(): [category: string, count: number][] {
    if (this.counts.size > this.capacity) this.cut();
    return [...this.counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  }

  write(writer: ByteWriter): void {
    const top = this.top();
    writer.uint32(this.capacity);
    writer.float64(this.count);
    writer.float64(this.undercount);
    writer.uint32(top.length);
    for (const [category, count] of top) {
      writer.string(category);
      writer.float64(count);
    }
  }

  static read(reader: ByteReader): HeavyHitters {
    const sketch = new HeavyHitters(reader.uint32());
    sketch.count = reader.float64();
    sketch.undercount = reader.float64();
    const length = reader.uint32();
    for (let i = 0; i < length; i++) {
      const category = reader.string();
      // Halves of characters come back as one and the same mark.
      sketch.counts.set(category, (sketch.counts.get(category) ?? 0) + reader.float64());
    }
    return sketch;
  }

  /** Subtracts the (capacity + 1)-th largest count from all and drops what is left with nothing. */
  private cut(): void {
    const ordered = Float64Array.from(this.counts.values()).sort();
    const least = ordered[ordered.length - 1 - this.capacity] ?? 0;
    this.undercount += least;
    for (const [category, count] of this.counts) {
      if (count > least) this.counts.set(category, count - least);
      else this.counts.delete(category);
    }
  }
}
