import { lowerBound, type SortedSample, upperBound } from "./samples";
import { sortNumbers } from "./sortNumbers";

/** Cells of equal width between the outer ones. More make fewer that must be looked into, and each costs memory. */
const CELLS = 8192;
const LAST = CELLS - 1;
/** The share of the reference at either end that the outer cells hold. */
const TAIL = 0.0005;
/** Shorter samples are sorted in less time than the cells take. */
const LEAST_VALUES = 512;
/** Cells of more values are not sorted by insertion. */
const MOST_INSERTED = 40;

/** Scratch of one call of `place`. */
const counts = new Uint32Array(CELLS);
const sums = new Float64Array(CELLS);
const places = new Uint32Array(CELLS);
const steps = new Uint8Array(CELLS);

/** Where a window lies beside a sorted reference: what its order would tell, exactly, without sorting it. */
export interface PlacedWindow {
  readonly size: number;
  /** The Kolmogorov-Smirnov statistic times both sizes: a whole number. */
  readonly gap: number;
  /** First Wasserstein distance: the area between the distribution functions. */
  readonly area: number;
  /** Values below the reference's least and above its greatest. */
  readonly outside: number;
  /** Values below each edge that was asked for. */
  readonly below: Float64Array;
}

/**
 * A sorted reference cut into cells of equal width, each with the number and sum of its values. Beside it a window
 * needs only the number and sum of its values in each cell: where one distribution function lies above the other
 * throughout a cell, the area between them follows from these, and so does a bound on their distance. Only the values in
 * cells where they cross, come near their greatest distance, or that hold an asked edge, are sorted.
 */
export class ReferenceCells {
  private readonly first: number;
  private readonly scale: number;
  /** For each cell, how many values of the reference lie in cells before. */
  private readonly starts = new Uint32Array(CELLS + 1);
  /** For each cell, the sum of what its values are above `first`. */
  private readonly sums = new Float64Array(CELLS);

  private constructor(private readonly sorted: SortedSample) {
    const size = sorted.length;
    this.first = sorted[Math.floor(TAIL * size)] as number;
    this.scale = (CELLS - 2) / ((sorted[Math.ceil((1 - TAIL) * size) - 1] as number) - this.first);
    for (let i = 0; i < size; i++) {
      const distance = (sorted[i] as number) - this.first;
      const cell = this.cellOf(distance);
      this.starts[cell + 1] = (this.starts[cell + 1] as number) + 1;
      this.sums[cell] = (this.sums[cell] as number) + distance;
    }
    for (let cell = 0; cell < CELLS; cell++) {
      this.starts[cell + 1] = (this.starts[cell + 1] as number) + (this.starts[cell] as number);
    }
  }

  /** Undefined for a reference that is too short, or too narrow to be cut. */
  static of(sorted: SortedSample): ReferenceCells | undefined {
    if (sorted.length < LEAST_VALUES) return undefined;
    const cells = new ReferenceCells(sorted);
    return Number.isFinite(cells.scale) && cells.scale > 0 ? cells : undefined;
  }

  /** Memory beside the reference itself, bytes. */
  static readonly bytes = 4 * (CELLS + 1) + 8 * CELLS;

  /** Places finite values, in any order, of which there must be at least one; `edges` in any order. */
  place(values: Float64Array, edges: Float64Array): PlacedWindow {
    this.count(values);
    const opened = this.open(values.length, edges);
    const gathered = this.gather(values, opened);
    return this.measure(values.length, gathered, edges);
  }

  private cellOf(distance: number): number {
    return Math.max(0, Math.min(LAST, distance * this.scale + 1)) | 0;
  }

  private count(values: Float64Array): void {
    const { first, scale } = this;
    counts.fill(0);
    sums.fill(0);
    for (let i = 0; i < values.length; i++) {
      const distance = (values[i] as number) - first;
      const cell = Math.max(0, Math.min(LAST, distance * scale + 1)) | 0;
      counts[cell] = (counts[cell] as number) + 1;
      sums[cell] = (sums[cell] as number) + distance;
    }
  }

  /** Marks the cells whose values must be sorted, and gives each a place among them; how many values those are. */
  private open(m: number, edges: Float64Array): number {
    const { starts } = this;
    const n = this.sorted.length;
    // The outer cells have no end from which areas could be reckoned.
    steps.fill(0);
    steps[0] = 1;
    steps[LAST] = 1;
    for (const edge of edges) steps[this.cellOf(edge - this.first)] = 1;
    let best = 0;
    for (let cell = 0, before = 0; cell < CELLS; cell++) {
      best = Math.max(best, Math.abs((starts[cell] as number) * m - before * n));
      before += counts[cell] as number;
    }
    let gathered = 0;
    for (let cell = 0, before = 0; cell < CELLS; cell++) {
      const after = before + (counts[cell] as number);
      const [low, high] = [(starts[cell] as number) * m, (starts[cell + 1] as number) * m];
      const crosses = low < after * n && before * n < high;
      // Where one sample has no value both ends of the cell are known already.
      const nearBest = crosses || Math.max(high - before * n, after * n - low) > best;
      if (nearBest && (high > low || after > before)) steps[cell] = 1;
      places[cell] = gathered;
      if (steps[cell] === 1) gathered += after - before;
      before = after;
    }
    for (let cell = 0; cell < CELLS; cell++) if (steps[cell] === 0) places[cell] = gathered;
    return gathered;
  }

  /** The values of the marked cells, cell by cell, each cell's sorted. Leaves in `places` where each cell's end. */
  private gather(values: Float64Array, size: number): Float64Array {
    const { first, scale } = this;
    // One place more takes what is not wanted: not to ask is faster.
    const gathered = new Float64Array(size + 1);
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      const cell = Math.max(0, Math.min(LAST, (value - first) * scale + 1)) | 0;
      const place = places[cell] as number;
      gathered[place] = value;
      places[cell] = place + (steps[cell] as number);
    }
    for (let cell = 0; cell < CELLS; cell++) {
      if (steps[cell] === 0) continue;
      const end = places[cell] as number;
      sortWithin(gathered, end - (counts[cell] as number), end);
    }
    return gathered;
  }

  private measure(m: number, gathered: Float64Array, edges: Float64Array): PlacedWindow {
    const { starts, first } = this;
    const n = this.sorted.length;
    const width = 1 / this.scale;
    let area = 0;
    let gap = 0;
    for (let cell = 0, before = 0; cell < CELLS; cell++) {
      const [start, end] = [starts[cell] as number, starts[cell + 1] as number];
      const count = counts[cell] as number;
      gap = Math.max(gap, Math.abs(start * m - before * n));
      if (steps[cell] === 1 && end - start + count > 0) {
        const merged = this.merge(cell, insideOf(cell, gathered), before, m);
        area += merged.area;
        gap = Math.max(gap, merged.gap);
      } else {
        // A cell ends `cell` widths above `first`, and begins one width before.
        const upper = cell * width;
        const ofReference = (start * width + (end - start) * upper - (this.sums[cell] as number)) / n;
        const ofWindow = (before * width + count * upper - (sums[cell] as number)) / m;
        area += Math.abs(ofReference - ofWindow);
      }
      before += count;
      // From here on the numbers in the cells before are wanted, not the cells' own.
      sums[cell] = before - count;
    }
    const below = edges.map((edge) => {
      const cell = this.cellOf(edge - first);
      return (sums[cell] as number) + lowerBound(insideOf(cell, gathered), edge);
    });
    return { size: m, gap, area, outside: this.outside(gathered), below };
  }

  /** Area and greatest gap within a cell whose values are sorted on both sides. */
  private merge(cell: number, inside: Float64Array, before: number, m: number): { area: number; gap: number } {
    const { sorted, starts, first, scale } = this;
    const n = sorted.length;
    const end = starts[cell + 1] as number;
    let i = starts[cell] as number;
    let j = 0;
    let area = 0;
    let gap = 0;
    const least = Math.min(i < end ? (sorted[i] as number) : Infinity, inside[0] ?? Infinity);
    let previous = cell === 0 ? least - first : (cell - 1) / scale;
    while (i < end || j < inside.length) {
      const x = i < end ? (sorted[i] as number) : Infinity;
      const y = j < inside.length ? (inside[j] as number) : Infinity;
      const value = Math.min(x, y);
      const difference = Math.abs(i * m - (before + j) * n);
      gap = Math.max(gap, difference);
      area += difference * (value - first - previous);
      previous = value - first;
      while (i < end && sorted[i] === value) i++;
      while (j < inside.length && inside[j] === value) j++;
    }
    const last = Math.abs(i * m - (before + j) * n);
    if (cell < LAST) area += last * (cell / scale - previous);
    return { area: area / (n * m), gap: Math.max(gap, last) };
  }

  private outside(gathered: Float64Array): number {
    const { sorted } = this;
    const above = insideOf(LAST, gathered);
    const below = lowerBound(insideOf(0, gathered), sorted[0] as number);
    return below + above.length - upperBound(above, sorted[sorted.length - 1] as number);
  }
}

/** The sorted values of a marked cell. */
function insideOf(cell: number, gathered: Float64Array): Float64Array {
  const end = places[cell] as number;
  return gathered.subarray(end - (counts[cell] as number), end);
}

/** Sorts a part of an array: most are a handful of values. */
function sortWithin(values: Float64Array, start: number, end: number): void {
  if (end - start > MOST_INSERTED) {
    values.set(sortNumbers(values.subarray(start, end)), start);
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const value = values[i] as number;
    let at = i;
    for (; at > start && (values[at - 1] as number) > value; at--) values[at] = values[at - 1] as number;
    values[at] = value;
  }
}
