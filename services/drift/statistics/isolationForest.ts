import { indices, SeededRandom } from "./seededRandom";
import { requireRows, requireSameColumns, type Table } from "./table";

/** Trees that cut a sample at random until its rows stand alone. */
export interface IsolationForest {
  readonly columns: number;
  /** Rows each tree was grown on. */
  readonly sampleSize: number;
  readonly trees: readonly IsolationTree[];
}

/** One tree; node i is a leaf when `feature[i]` is -1, else rows with a value below the cut go to `left[i]`. */
export interface IsolationTree {
  readonly feature: Int32Array;
  readonly cut: Float64Array;
  /** Left child; the right one is the next index. */
  readonly left: Int32Array;
  /** Depth of the node, for leaves with what is left to isolate added. */
  readonly depth: Float64Array;
}

/**
 * Grows `trees` (default 100) trees on `sampleSize` (default 256) rows each, drawn without replacement; one seed gives
 * one forest (Liu, Ting and Zhou, "Isolation forest", 2008).
 */
export function growIsolationForest(
  reference: Table,
  options: { trees?: number; sampleSize?: number; seed?: number } = {},
): IsolationForest {
  requireRows(reference, "the reference", 2);
  const { trees = 100, seed = 42 } = options;
  const sampleSize = Math.min(options.sampleSize ?? 256, reference.rows);
  const random = new SeededRandom(seed);
  const rows = indices(reference.rows);
  const grown = Array.from({ length: trees }, () => {
    random.shuffle(rows, sampleSize);
    return new TreeGrowth(reference, rows.slice(0, sampleSize), random).tree();
  });
  return { columns: reference.columns, sampleSize, trees: grown };
}

/** How easily each row is cut off, 0 to 1: about 0.5 is ordinary, towards 1 is an outlier. */
export function isolationScores(forest: IsolationForest, table: Table): Float64Array {
  requireSameColumns({ values: table.values, rows: 0, columns: forest.columns }, table);
  const scores = new Float64Array(table.rows);
  const norm = averageDepth(forest.sampleSize) * forest.trees.length;
  for (let i = 0; i < table.rows; i++) {
    let depth = 0;
    for (const tree of forest.trees) depth += depthOf(tree, table, i);
    scores[i] = 2 ** (-depth / norm);
  }
  return scores;
}

function depthOf({ feature, cut, left, depth }: IsolationTree, { values, columns }: Table, row: number): number {
  let node = 0;
  for (;;) {
    const column = feature[node] as number;
    if (column < 0) return depth[node] as number;
    const below = (values[row * columns + column] as number) < (cut[node] as number);
    node = (left[node] as number) + (below ? 0 : 1);
  }
}

/** Mean depth of an unsuccessful search among `size` keys in a random binary tree: 2 H(size - 1) - 2 (size - 1) / size. */
function averageDepth(size: number): number {
  if (size < 2) return 0;
  let harmonic = 0;
  for (let i = 1; i < size; i++) harmonic += 1 / i;
  return 2 * harmonic - (2 * (size - 1)) / size;
}

/** Grows one tree in arrays, a node's rows kept together in one slice that its cut parts in two. */
class TreeGrowth {
  private readonly feature: number[] = [];
  private readonly cut: number[] = [];
  private readonly left: number[] = [];
  private readonly depth: number[] = [];
  private readonly limit: number;
  /** Columns in the order they are tried, drawn anew for each cut. */
  private readonly order: Int32Array;

  constructor(
    private readonly table: Table,
    private readonly rows: Int32Array,
    private readonly random: SeededRandom,
  ) {
    this.limit = Math.ceil(Math.log2(Math.max(2, rows.length)));
    this.order = indices(table.columns);
    this.push();
    this.grow(0, 0, rows.length, 0);
  }

  tree(): IsolationTree {
    return {
      feature: Int32Array.from(this.feature),
      cut: Float64Array.from(this.cut),
      left: Int32Array.from(this.left),
      depth: Float64Array.from(this.depth),
    };
  }

  private push(): number {
    this.cut.push(0);
    this.left.push(0);
    this.depth.push(0);
    return this.feature.push(-1) - 1;
  }

  private grow(node: number, start: number, end: number, depth: number): void {
    const chosen = depth < this.limit && end - start > 1 ? this.chooseCut(start, end) : undefined;
    if (!chosen) {
      this.depth[node] = depth + averageDepth(end - start);
      return;
    }
    const middle = this.partition(start, end, chosen.column, chosen.cut);
    this.feature[node] = chosen.column;
    this.cut[node] = chosen.cut;
    const left = this.push();
    this.push();
    this.left[node] = left;
    this.grow(left, start, middle, depth + 1);
    this.grow(left + 1, middle, end, depth + 1);
  }

  /** A random column among those that vary here, and a random place between its ends. */
  private chooseCut(start: number, end: number): { column: number; cut: number } | undefined {
    const { columns } = this.table;
    for (let k = 0; k < columns; k++) {
      const pick = k + this.random.index(columns - k);
      const column = this.order[pick] as number;
      this.order[pick] = this.order[k] as number;
      this.order[k] = column;
      let low = Infinity;
      let high = -Infinity;
      for (let i = start; i < end; i++) {
        const value = this.value(i, column);
        if (value < low) low = value;
        if (value > high) high = value;
      }
      const cut = low + this.random.uniform() * (high - low);
      // Rows below the cut go left: one at the very low end would leave that side empty.
      if (high > low) return { column, cut: cut > low ? cut : high };
    }
    return undefined;
  }

  private partition(start: number, end: number, column: number, cut: number): number {
    let middle = start;
    for (let i = start; i < end; i++) {
      if (this.value(i, column) >= cut) continue;
      const kept = this.rows[middle] as number;
      this.rows[middle++] = this.rows[i] as number;
      this.rows[i] = kept;
    }
    return middle;
  }

  private value(position: number, column: number): number {
    return this.table.values[(this.rows[position] as number) * this.table.columns + column] as number;
  }
}
