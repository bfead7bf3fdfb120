import { lowerBound } from "../statistics/samples";
import type { NumericSummary } from "../summary";
import type { ByteReader, ByteWriter } from "./portableBytes";
import { SketchMismatchError } from "./sketchErrors";

/** Edges taken from a reference, at equal steps of rank. */
const GRID_EDGES = 512;
/** Cells of the table that says where to look for a value's bin. */
const CELLS = 4096;
/** More edges than this in a cell are searched by halves. */
const SCANNED_EDGES = 6;

/**
 * Edges of a reference in which windows are counted exactly: its order statistics at equal steps of rank, and the edges
 * of its ten PSI bins, so that a window's PSI is that of an exact pass. Counting costs a look into a table and a step
 * or two; counts of one grid merge exactly.
 */
export class ReferenceGrid {
  private readonly first: number;
  private readonly scale: number;
  /** For each cell, how many edges lie in cells before it. */
  private readonly starts = new Uint32Array(CELLS + 1);

  /** @param edges strictly ascending, finite; any number of them. */
  constructor(readonly edges: Float64Array) {
    this.first = edges[0] ?? 0;
    const width = (edges[edges.length - 1] ?? 0) - this.first;
    this.scale = width > 0 && CELLS / width < Number.POSITIVE_INFINITY ? (CELLS - 1) / width : 0;
    const inCell = new Uint32Array(CELLS);
    for (const edge of edges) {
      const cell = this.cellOf(edge);
      inCell[cell] = (inCell[cell] as number) + 1;
    }
    for (let cell = 0; cell < CELLS; cell++) {
      this.starts[cell + 1] = (this.starts[cell] as number) + (inCell[cell] as number);
    }
  }

  /** Adds finite values to counts of `edges.length + 1` bins: bin i holds those with exactly i edges at or below. */
  count(values: Float64Array, counts: Float64Array): void {
    const { edges, starts } = this;
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      const cell = this.cellOf(value);
      let low = starts[cell] as number;
      let high = starts[cell + 1] as number;
      while (high - low > SCANNED_EDGES) {
        const middle = (low + high) >>> 1;
        if ((edges[middle] as number) <= value) low = middle + 1;
        else high = middle;
      }
      while (low < high && (edges[low] as number) <= value) low++;
      counts[low] = (counts[low] as number) + 1;
    }
  }

  sameAs(other: ReferenceGrid): boolean {
    const { edges } = this;
    return other.edges.length === edges.length && edges.every((edge, i) => edge === other.edges[i]);
  }

  /** Rising with the value, so that an edge in an earlier cell is surely below and one in a later cell above. */
  private cellOf(value: number): number {
    const cell = (value - this.first) * this.scale;
    return cell >= CELLS ? CELLS - 1 : cell > 0 ? Math.trunc(cell) : 0;
  }
}

/** The grid of a stored reference column; undefined when nothing is present in it. */
export function gridOfSummary({ sorted, edges }: NumericSummary): ReferenceGrid | undefined {
  return sorted.length === 0 ? undefined : gridOfSorted(sorted, edges);
}

/** The grid of an ascending sample (or its ranked values), with other edges that must be among its own. */
export function gridOfSorted(sorted: Float64Array, others: Float64Array): ReferenceGrid {
  const last = sorted.length - 1;
  const steps = Math.min(GRID_EDGES, last);
  const chosen = new Set<number>(others);
  for (let i = 0; i <= steps; i++) chosen.add(sorted[Math.round((i * last) / Math.max(1, steps))] as number);
  return new ReferenceGrid(Float64Array.from(chosen).sort());
}

/** How many values fell between the edges of a grid: exact, in whatever order and however they were merged. */
export class GridCounts {
  readonly counts: Float64Array;

  constructor(readonly grid: ReferenceGrid) {
    this.counts = new Float64Array(grid.edges.length + 1);
  }

  insert(values: Float64Array): void {
    this.grid.count(values, this.counts);
  }

  /** @throws {SketchMismatchError} when the grids differ. */
  merge(other: GridCounts): void {
    if (other.grid !== this.grid && !this.grid.sameAs(other.grid)) {
      throw new SketchMismatchError("Counts on the grid of one reference cannot take in those on another's.");
    }
    for (let i = 0; i < this.counts.length; i++) {
      this.counts[i] = (this.counts[i] as number) + (other.counts[i] as number);
    }
  }

  /** How many values lie below each of some ascending edges, all of them the grid's or above its last. */
  countsBelow(edges: Float64Array): Float64Array {
    const own = this.grid.edges;
    let total = 0;
    let bin = 0;
    return edges.map((edge) => {
      const position = lowerBound(own, edge);
      for (; bin <= position && bin < this.counts.length; bin++) total += this.counts[bin] as number;
      return total;
    });
  }

  write(writer: ByteWriter): void {
    writer.float64s(this.grid.edges);
    writer.float64s(this.counts);
  }

  static read(reader: ByteReader): GridCounts {
    const counts = new GridCounts(new ReferenceGrid(reader.float64s()));
    counts.counts.set(reader.float64s());
    return counts;
  }
}
