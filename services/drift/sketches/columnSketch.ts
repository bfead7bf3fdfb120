import { LIMITS } from "../limits";
import { FewValues } from "./fewValues";
import { HeavyHitters } from "./heavyHitters";
import { HyperLogLog } from "./hyperLogLog";
import type { ByteReader, ByteWriter } from "./portableBytes";
import { QuantileSketch } from "./quantileSketch";
import { GridCounts, type ReferenceGrid } from "./referenceGrid";
import { RunningMoments } from "./runningMoments";
import { SketchMismatchError } from "./sketchErrors";

/** Values worked on at once, so that they stay in the fastest memory from pass to pass. */
const CHUNK = 2048;
/** Shared by all sketches: filled and used up within one call. */
const chunk = new Float64Array(CHUNK);

/** What a numeric sketch keeps of the distribution. */
export interface NumericSketchOptions {
  /** The reference's grid, when there is one: exact counts in it, and several times the speed. */
  readonly grid?: ReferenceGrid | undefined;
  /** Whether a quantile sketch is kept as well. @default true without a grid, false with one */
  readonly quantiles?: boolean | undefined;
}

/**
 * All that comparing needs of a numeric column, in constant memory. NaN is missing; infinities and numbers beyond
 * LIMITS.magnitude are invalid: counted, and left out of everything else.
 */
export class NumericSketch {
  readonly kind = "numeric";
  missing = 0;
  invalid = 0;
  readonly moments = new RunningMoments();
  readonly few = new FewValues();
  readonly distinct = new HyperLogLog();
  readonly quantiles?: QuantileSketch;
  readonly grid?: GridCounts;

  constructor({ grid, quantiles = grid === undefined }: NumericSketchOptions = {}) {
    if (grid) this.grid = new GridCounts(grid);
    if (quantiles) this.quantiles = new QuantileSketch();
  }

  /** Values present and valid. */
  get count(): number {
    return this.moments.count;
  }

  /** All rows. */
  get rows(): number {
    return this.moments.count + this.missing + this.invalid;
  }

  insert(values: Float64Array): void {
    for (let from = 0; from < values.length; from += CHUNK) {
      const present = this.present(values, from, Math.min(values.length, from + CHUNK));
      this.moments.insert(present);
      this.countDistinct(present);
      this.grid?.insert(present);
      this.quantiles?.insert(present);
    }
  }

  /** @throws {SketchMismatchError} when the other keeps other things. */
  merge(other: NumericSketch): void {
    if (!this.grid !== !other.grid || !this.quantiles !== !other.quantiles) {
      throw new SketchMismatchError("Numeric sketches with different parts cannot be merged: make both alike.");
    }
    if (other.grid) this.grid?.merge(other.grid);
    if (other.quantiles) this.quantiles?.merge(other.quantiles);
    this.missing += other.missing;
    this.invalid += other.invalid;
    this.moments.merge(other.moments);
    this.distinct.merge(other.distinct);
    this.few.merge(other.few);
    if (this.few.overflowed) {
      for (const { few } of [this, other]) this.distinct.insert(few.listed());
    }
  }

  /** Distinct values: exact up to FEW_VALUES_LIMIT, else about, to HyperLogLog.standardError. */
  distinctValues(): number {
    return this.few.entries()?.size ?? Math.round(this.distinct.estimate());
  }

  write(writer: ByteWriter): void {
    writer.float64(this.missing);
    writer.float64(this.invalid);
    this.moments.write(writer);
    this.few.write(writer);
    this.distinct.write(writer);
    writer.uint8((this.grid ? 1 : 0) | (this.quantiles ? 2 : 0));
    this.grid?.write(writer);
    this.quantiles?.write(writer);
  }

  static read(reader: ByteReader): NumericSketch {
    const [missing, invalid] = [reader.float64(), reader.float64()];
    const moments = RunningMoments.read(reader);
    const few = FewValues.read(reader);
    const distinct = HyperLogLog.read(reader);
    const parts = reader.uint8();
    const grid = parts & 1 ? GridCounts.read(reader) : undefined;
    const sketch = new NumericSketch({ grid: grid?.grid, quantiles: false });
    const quantiles = parts & 2 ? QuantileSketch.read(reader) : undefined;
    return Object.assign(
      sketch,
      { missing, invalid, moments, few, distinct },
      grid && { grid },
      quantiles && { quantiles },
    );
  }

  /** Hashing starts when there are too many values to count one by one, with those counted till then. */
  private countDistinct(present: Float64Array): void {
    if (!this.few.overflowed) {
      this.few.insert(present);
      if (!this.few.overflowed) return;
      this.distinct.insert(this.few.listed());
    }
    this.distinct.insert(present);
  }

  /** The values of a range that take part, in shared memory; -0 becomes 0. */
  private present(values: Float64Array, from: number, to: number): Float64Array {
    let count = 0;
    for (let i = from; i < to; i++) {
      const value = values[i] as number;
      if (value >= -LIMITS.magnitude && value <= LIMITS.magnitude) chunk[count++] = value + 0;
      else if (Number.isNaN(value)) this.missing++;
      else this.invalid++;
    }
    return count === CHUNK ? chunk : chunk.subarray(0, count);
  }
}

/** All that comparing needs of a categorical column, in constant memory. Null is missing. */
export class CategoricalSketch {
  readonly kind = "categorical";
  missing = 0;
  /** Values longer than LIMITS.categoryLength, left out of everything else. */
  invalid = 0;
  readonly categories = new HeavyHitters();
  readonly distinct = new HyperLogLog();

  get count(): number {
    return this.categories.count;
  }

  get rows(): number {
    return this.categories.count + this.missing + this.invalid;
  }

  insert(values: readonly (string | null)[]): void {
    const counts = new Map<string | null, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const [value, times] of counts) this.insertTimes(value, times);
  }

  /** Adds one value `times` times, as dictionaries and group-bys give them. */
  insertTimes(value: string | null, times: number): void {
    if (value === null) this.missing += times;
    else if (value.length > LIMITS.categoryLength) this.invalid += times;
    else {
      this.categories.insert(value, times);
      this.distinct.insertText(value);
    }
  }

  merge(other: CategoricalSketch): void {
    this.missing += other.missing;
    this.invalid += other.invalid;
    this.categories.merge(other.categories);
    this.distinct.merge(other.distinct);
  }

  /** Distinct values: exact while counts are, else about, to HyperLogLog.standardError. */
  distinctValues(): number {
    return this.categories.undercount === 0 ? this.categories.top().length : Math.round(this.distinct.estimate());
  }

  write(writer: ByteWriter): void {
    writer.float64(this.missing);
    writer.float64(this.invalid);
    this.categories.write(writer);
    this.distinct.write(writer);
  }

  static read(reader: ByteReader): CategoricalSketch {
    const sketch = new CategoricalSketch();
    const [missing, invalid] = [reader.float64(), reader.float64()];
    const categories = HeavyHitters.read(reader);
    return Object.assign(sketch, { missing, invalid, categories, distinct: HyperLogLog.read(reader) });
  }
}

/** A sketch of one column. */
export type ColumnSketch = NumericSketch | CategoricalSketch;
