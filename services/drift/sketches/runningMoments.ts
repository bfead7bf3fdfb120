import type { Moments } from "../statistics/moments";
import type { ByteReader, ByteWriter } from "./portableBytes";

/**
 * Count, mean, squared deviations, least and greatest of values that arrive in chunks. Chunks are centred on their own
 * mean and joined by the pairwise update of Chan, Golub and LeVeque (1979), so that neither a large mean nor a long
 * stream costs digits. Counts and extremes are exact; mean and spread are to the last few bits whatever the order.
 */
export class RunningMoments implements Moments {
  count = 0;
  mean = 0;
  squaredDeviations = 0;
  /** Infinity while empty. */
  minimum = Number.POSITIVE_INFINITY;
  /** -Infinity while empty. */
  maximum = Number.NEGATIVE_INFINITY;

  /** Adds finite values. */
  insert(values: Float64Array): void {
    const count = values.length;
    if (count === 0) return;
    let { minimum, maximum } = this;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const value = values[i] as number;
      sum += value;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    const mean = sum / count;
    let squaredDeviations = 0;
    for (let i = 0; i < count; i++) {
      const deviation = (values[i] as number) - mean;
      squaredDeviations += deviation * deviation;
    }
    this.minimum = minimum;
    this.maximum = maximum;
    this.join(count, mean, squaredDeviations);
  }

  merge(other: RunningMoments): void {
    if (other.minimum < this.minimum) this.minimum = other.minimum;
    if (other.maximum > this.maximum) this.maximum = other.maximum;
    this.join(other.count, other.mean, other.squaredDeviations);
  }

  write(writer: ByteWriter): void {
    for (const value of [this.count, this.mean, this.squaredDeviations, this.minimum, this.maximum]) {
      writer.float64(value);
    }
  }

  static read(reader: ByteReader): RunningMoments {
    const moments = new RunningMoments();
    moments.count = reader.float64();
    moments.mean = reader.float64();
    moments.squaredDeviations = reader.float64();
    moments.minimum = reader.float64();
    moments.maximum = reader.float64();
    return moments;
  }

  private join(count: number, mean: number, squaredDeviations: number): void {
    if (count === 0) return;
    const total = this.count + count;
    const difference = mean - this.mean;
    this.squaredDeviations += squaredDeviations + (difference * difference * this.count * count) / total;
    // Weighed, not stepped towards, so that a merge gives the same whichever side it starts from.
    this.mean = (this.mean * this.count + mean * count) / total;
    this.count = total;
  }
}
