import type { ByteReader, ByteWriter } from "./portableBytes";
import { SketchMismatchError } from "./sketchErrors";

/**
 * Means and co-moments of several columns over the rows in which all of them are present: what a covariance or
 * correlation matrix needs. Merged as the moments of one column are (Chan, Golub and LeVeque 1979; Pebay 2008).
 */
export class CoMoments {
  /** Complete rows. */
  count = 0;
  readonly means: Float64Array;
  /** Sums of products of deviations, row by row; both halves are filled. */
  readonly products: Float64Array;

  constructor(readonly width: number) {
    this.means = new Float64Array(width);
    this.products = new Float64Array(width * width);
  }

  /** Adds rows given as columns of one length; rows with a value that is not finite are left out. */
  insert(columns: readonly Float64Array[]): void {
    if (columns.length !== this.width) throw mismatch(this.width, columns.length);
    const complete = completeRows(columns);
    const count = complete[0]?.length ?? 0;
    if (count === 0) return;
    const chunk = new CoMoments(this.width);
    chunk.count = count;
    complete.forEach((values, column) => {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += values[i] as number;
      const mean = sum / count;
      chunk.means[column] = mean;
      for (let i = 0; i < count; i++) values[i] = (values[i] as number) - mean;
    });
    for (let a = 0; a < this.width; a++) {
      const left = complete[a] as Float64Array;
      for (let b = 0; b <= a; b++) {
        const right = complete[b] as Float64Array;
        let sum = 0;
        for (let i = 0; i < count; i++) sum += (left[i] as number) * (right[i] as number);
        chunk.products[a * this.width + b] = sum;
        chunk.products[b * this.width + a] = sum;
      }
    }
    this.merge(chunk);
  }

  /** @throws {SketchMismatchError} when the other has another number of columns. */
  merge(other: CoMoments): void {
    const { width } = this;
    if (other.width !== width) throw mismatch(width, other.width);
    if (other.count === 0) return;
    const total = this.count + other.count;
    const weight = (this.count * other.count) / total;
    const differences = this.means.map((mean, i) => (other.means[i] as number) - mean);
    for (let a = 0; a < width; a++) {
      const scaled = weight * (differences[a] as number);
      for (let b = 0; b < width; b++) {
        const at = a * width + b;
        const added = (other.products[at] as number) + scaled * (differences[b] as number);
        this.products[at] = (this.products[at] as number) + added;
      }
    }
    for (let i = 0; i < width; i++) {
      this.means[i] = ((this.means[i] as number) * this.count + (other.means[i] as number) * other.count) / total;
    }
    this.count = total;
  }

  /** Pearson's correlation of two columns by position; NaN when either is constant. */
  correlation(a: number, b: number): number {
    const { products, width } = this;
    const [both, ofA, ofB] = [products[a * width + b], products[a * width + a], products[b * width + b]] as number[];
    return (both as number) / Math.sqrt((ofA as number) * (ofB as number));
  }

  write(writer: ByteWriter): void {
    writer.uint32(this.width);
    writer.float64(this.count);
    writer.float64s(this.means);
    writer.float64s(this.products);
  }

  static read(reader: ByteReader): CoMoments {
    const moments = new CoMoments(reader.uint32());
    moments.count = reader.float64();
    moments.means.set(reader.float64s());
    moments.products.set(reader.float64s());
    return moments;
  }
}

function completeRows(columns: readonly Float64Array[]): Float64Array[] {
  const rows = columns[0]?.length ?? 0;
  const complete = columns.map(() => new Float64Array(rows));
  let count = 0;
  for (let row = 0; row < rows; row++) {
    let whole = true;
    for (let column = 0; column < columns.length; column++) {
      const value = (columns[column] as Float64Array)[row] as number;
      (complete[column] as Float64Array)[count] = value;
      whole = whole && Number.isFinite(value);
    }
    if (whole) count++;
  }
  return complete.map((values) => values.subarray(0, count));
}

function mismatch(own: number, other: number): SketchMismatchError {
  return new SketchMismatchError(
    `Co-moments of ${own} columns cannot take in ${other} columns: both must be the same.`,
  );
}
