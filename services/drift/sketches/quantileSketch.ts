import type { ByteReader, ByteWriter } from "./portableBytes";
import { SketchFormatError, SketchMismatchError } from "./sketchErrors";

/** Values a level holds before it is halved; with it a billion values are known to 1% of their ranks for certain. */
export const QUANTILE_SKETCH_SIZE = 1024;

/** Values in ascending order with how many of the sample lie at or below each. */
export interface Ranked {
  readonly values: Float64Array;
  /** Ascending; the last is the size of the sample. */
  readonly cumulative: Float64Array;
}

/**
 * A quantile sketch without chance: a tower of buffers, level h holding values that stand for 2^h each. A full level is
 * sorted and every second value moves up (Munro and Paterson 1980; Manku, Rajagopalan and Lindsay 1998). Halving a
 * level can move any rank by 2^h at most, up when the first of each pair is kept and down when the second is. Both sums
 * are kept, and the next halving goes the way of the smaller one. So every sketch, merged in whatever order, knows a
 * bound on its own error that holds for certain: about n log2(n / size) / (2 size) ranks for n values in one pass.
 */
export class QuantileSketch {
  /** Values seen. */
  count = 0;
  /** Ranks may be reported too high by at most this many values. */
  overestimate = 0;
  /** Ranks may be reported too low by at most this many values. */
  underestimate = 0;
  private readonly buffer: Float64Array;
  private filled = 0;
  /** Levels from 1 up, each ascending and shorter than `size`. */
  private readonly levels: Float64Array[] = [];

  /** @param size even, at least 8; a larger one costs memory, 8 bytes x size a level, and is more exact. */
  constructor(readonly size: number = QUANTILE_SKETCH_SIZE) {
    if (!Number.isInteger(size) || size < 8 || size % 2 !== 0) {
      throw new RangeError(`A quantile sketch of size ${size} was asked for: an even number of at least 8 is needed.`);
    }
    this.buffer = new Float64Array(size);
  }

  /** Largest error of any rank, in values. Certain, not probable; 0 while nothing was thrown away. */
  get rankError(): number {
    return Math.max(this.overestimate, this.underestimate);
  }

  /** Adds finite values. */
  insert(values: Float64Array): void {
    const { size, buffer } = this;
    let from = 0;
    while (from < values.length) {
      const taken = Math.min(size - this.filled, values.length - from);
      buffer.set(values.subarray(from, from + taken), this.filled);
      this.filled += taken;
      from += taken;
      if (this.filled === size) {
        this.filled = 0;
        this.push(1, this.halve(buffer.sort(), 1));
      }
    }
    this.count += values.length;
  }

  /** Takes in another sketch, which stays as it is. @throws {SketchMismatchError} when the sizes differ. */
  merge(other: QuantileSketch): void {
    if (other.size !== this.size) {
      throw new SketchMismatchError(
        `A quantile sketch of size ${this.size} cannot take in one of size ${other.size}: make both with the same.`,
      );
    }
    this.overestimate += other.overestimate;
    this.underestimate += other.underestimate;
    const { count } = this;
    const others = other.levels.slice();
    this.insert(other.buffer.slice(0, other.filled));
    others.forEach((values, index) => {
      if (values.length > 0) this.push(index + 1, values);
    });
    this.count = count + other.count;
  }

  /** The values kept, ascending, with cumulative counts. Every true count lies within the error of the one given. */
  ranked(): Ranked {
    const parts = [this.buffer.slice(0, this.filled).sort(), ...this.levels];
    const kept = parts.reduce((sum, { length }) => sum + length, 0);
    const values = new Float64Array(kept);
    const cumulative = new Float64Array(kept);
    const next = parts.map(() => 0);
    let total = 0;
    for (let i = 0; i < kept; i++) {
      let least = -1;
      for (let level = 0; level < parts.length; level++) {
        const value = parts[level]?.[next[level] as number];
        if (value !== undefined && (least < 0 || value < (parts[least]?.[next[least] as number] as number)))
          least = level;
      }
      values[i] = parts[least]?.[next[least] as number] as number;
      next[least] = (next[least] as number) + 1;
      total += 2 ** least;
      cumulative[i] = total;
    }
    return { values, cumulative };
  }

  write(writer: ByteWriter): void {
    writer.uint32(this.size);
    for (const value of [this.count, this.overestimate, this.underestimate]) writer.float64(value);
    writer.uint32(this.levels.length);
    writer.float64s(this.buffer.slice(0, this.filled).sort());
    for (const level of this.levels) writer.float64s(level);
  }

  static read(reader: ByteReader): QuantileSketch {
    const sketch = new QuantileSketch(reader.uint32());
    sketch.count = reader.float64();
    sketch.overestimate = reader.float64();
    sketch.underestimate = reader.float64();
    const levels = reader.uint32();
    for (let level = 0; level <= levels; level++) {
      const values = reader.float64s();
      if (values.length >= sketch.size) {
        throw new SketchFormatError(`A quantile sketch of size ${sketch.size} has a level of ${values.length} values.`);
      }
      if (level > 0) sketch.levels.push(values);
      else {
        sketch.buffer.set(values);
        sketch.filled = values.length;
      }
    }
    return sketch;
  }

  /** Every second of an even number of sorted values that stand for `weight` each. */
  private halve(sorted: Float64Array, weight: number): Float64Array {
    const keepsFirst = this.overestimate <= this.underestimate;
    if (keepsFirst) this.overestimate += weight;
    else this.underestimate += weight;
    const half = new Float64Array(sorted.length / 2);
    for (let i = 0, from = keepsFirst ? 0 : 1; i < half.length; i++, from += 2) half[i] = sorted[from] as number;
    return half;
  }

  /** Adds sorted values to a level, halving it and those above while they are full. */
  private push(level: number, sorted: Float64Array): void {
    while (this.levels.length < level) this.levels.push(new Float64Array());
    const all = mergeSorted(this.levels[level - 1] as Float64Array, sorted);
    if (all.length < this.size) {
      this.levels[level - 1] = all;
      return;
    }
    // Of an odd number the last one stays behind, so that no weight is lost.
    const even = all.length - (all.length % 2);
    this.levels[level - 1] = all.slice(even);
    this.push(level + 1, this.halve(all.subarray(0, even), 2 ** level));
  }
}

function mergeSorted(a: Float64Array, b: Float64Array): Float64Array {
  if (a.length === 0) return b;
  const merged = new Float64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  for (let k = 0; k < merged.length; k++) {
    const takeA = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    merged[k] = (takeA ? a[i++] : b[j++]) as number;
  }
  return merged;
}
