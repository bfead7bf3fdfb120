import type { ByteReader, ByteWriter } from "./portableBytes";

/** Numbers of at most this many distinct values are counted one by one. */
export const FEW_VALUES_LIMIT = 50;

const SLOTS = 256;

/**
 * Exact counts of a numeric column's values while there are few distinct ones; given up for good when there are more.
 * That does not depend on the order of values or merges, so neither does the result.
 */
export class FewValues {
  private values = new Float64Array(FEW_VALUES_LIMIT);
  private counts = new Float64Array(FEW_VALUES_LIMIT);
  private used = 0;
  private given = false;
  /** Where values of a slot were last found: most values are found at once. */
  private readonly slots = new Uint8Array(SLOTS);

  /** Whether there were more distinct values than are counted. */
  get overflowed(): boolean {
    return this.given;
  }

  /** The distinct values counted, ascending; when it was given up, those seen before. */
  listed(): Float64Array {
    return this.values.slice(0, this.used);
  }

  /** Adds finite values. */
  insert(values: Float64Array): void {
    const { slots, counts } = this;
    for (let i = 0; i < values.length && !this.given; i++) {
      const value = values[i] as number;
      const at = slots[slotOf(value)] as number;
      if (this.values[at] === value && at < this.used) counts[at] = (counts[at] as number) + 1;
      else slots[slotOf(value)] = this.add(value, 1);
    }
  }

  merge(other: FewValues): void {
    this.given = this.given || other.given;
    const size = other.used;
    for (let i = 0; i < size && !this.given; i++) this.add(other.values[i] as number, other.counts[i] as number);
  }

  /** Occurrences by value, ascending; undefined when there were too many values. */
  entries(): ReadonlyMap<number, number> | undefined {
    if (this.given) return undefined;
    const map = new Map<number, number>();
    for (let i = 0; i < this.used; i++) map.set(this.values[i] as number, this.counts[i] as number);
    return map;
  }

  write(writer: ByteWriter): void {
    writer.uint8(this.given ? 1 : 0);
    writer.float64s(this.values.slice(0, this.used));
    writer.float64s(this.counts.slice(0, this.used));
  }

  static read(reader: ByteReader): FewValues {
    const sketch = new FewValues();
    const given = reader.uint8() === 1;
    const values = reader.float64s();
    const counts = reader.float64s();
    for (let i = 0; i < values.length; i++) sketch.add(values[i] as number, counts[i] as number);
    sketch.given = given;
    return sketch;
  }

  /** Returns where the value is. */
  private add(value: number, times: number): number {
    const { values, counts } = this;
    let low = 0;
    let high = this.used;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    if (low < this.used && values[low] === value) {
      counts[low] = (counts[low] as number) + times;
      return low;
    }
    if (this.used === FEW_VALUES_LIMIT) {
      this.given = true;
      return 0;
    }
    values.copyWithin(low + 1, low, this.used);
    counts.copyWithin(low + 1, low, this.used);
    values[low] = value;
    counts[low] = times;
    this.used++;
    return low;
  }
}

/** A slot for a number; which one matters to nothing but speed. */
function slotOf(value: number): number {
  return (value * 40_503) & (SLOTS - 1);
}
