import type { NumericColumn } from "./columns";
import { FewValues } from "./sketches/fewValues";
import type { Moments } from "./statistics/moments";
import { populationDeviation } from "./statistics/moments";
import { placeCounts } from "./statistics/placedCounts";
import { countSorted, quantileBins } from "./statistics/quantileBins";
import { type PlacedWindow, ReferenceCells } from "./statistics/referenceCells";
import type { SortedSample } from "./statistics/samples";
import { sortNumbers } from "./statistics/sortNumbers";
import { MAX_DISCRETE_VALUES, type NumericSummary } from "./summary";

/** Shorter windows are sorted in less time than they are placed. */
const LEAST_PLACED = 512;
/** Made once a reference, which lives in the cache while it is used. */
const cellsOf = new WeakMap<SortedSample, ReferenceCells | "none">();

/**
 * A numeric column of a window. What most windows are asked, beside a reference, is had without sorting their values;
 * whatever else is asked sorts them then, once.
 */
export class WindowNumbers implements NumericSummary {
  readonly kind = "numeric";
  readonly name: string;
  readonly rows: number;
  readonly missing: number;
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
  readonly counts?: ReadonlyMap<number, number>;
  private readonly values: Float64Array;
  private inOrder: SortedSample | undefined;
  private placed: { readonly reference: NumericSummary; readonly found: PlacedWindow } | undefined;

  constructor({ name, rows, missing, values }: NumericColumn, moments: Moments) {
    this.name = name;
    this.rows = rows;
    this.missing = missing;
    this.values = values;
    this.count = values.length;
    this.mean = values.length === 0 ? 0 : moments.mean;
    this.deviation = values.length === 0 ? 0 : populationDeviation(moments);
    const few = new FewValues();
    few.insert(values);
    const counts = few.entries();
    if (counts && counts.size <= MAX_DISCRETE_VALUES) this.counts = counts;
  }

  get sorted(): SortedSample {
    this.inOrder ??= this.counts ? repeated(this.counts, this.count) : sortNumbers(this.values);
    return this.inOrder;
  }

  get distinct(): number {
    if (this.counts) return this.counts.size;
    let distinct = 0;
    for (let i = 0; i < this.count; i++) if (i === 0 || this.sorted[i] !== this.sorted[i - 1]) distinct++;
    return distinct;
  }

  get edges(): Float64Array {
    return this.count === 0 ? new Float64Array() : quantileBins(this.sorted).edges;
  }

  get binCounts(): Float64Array {
    return this.count === 0 ? new Float64Array() : countSorted(this.sorted, this);
  }

  /** Undefined when the values are in order already, or either side is too short to gain. */
  beside(reference: NumericSummary): PlacedWindow | undefined {
    if (this.placed?.reference === reference) return this.placed.found;
    if (this.inOrder || this.count < LEAST_PLACED) return undefined;
    const edges = reference.edges.subarray(1, reference.edges.length - 1);
    if (this.counts) {
      if (!reference.counts?.size) return undefined;
      this.placed = { reference, found: placeCounts(reference.counts, this.counts, edges) };
      return this.placed.found;
    }
    let cells = cellsOf.get(reference.sorted);
    if (cells === undefined) {
      cells = ReferenceCells.of(reference.sorted) ?? "none";
      cellsOf.set(reference.sorted, cells);
    }
    if (cells === "none") return undefined;
    const found = cells.place(this.values, edges);
    this.placed = { reference, found };
    return found;
  }
}

function repeated(counts: ReadonlyMap<number, number>, total: number): SortedSample {
  const values = new Float64Array(total);
  let end = 0;
  for (const [value, count] of counts) {
    values.fill(value, end, end + count);
    end += count;
  }
  return values;
}
