import { quantile } from "./quantileBins";
import { indices, SeededRandom } from "./seededRandom";
import { requireSameColumns, type Table } from "./table";

/** A forest that tells two classes apart. */
export interface DecisionForest {
  readonly columns: number;
  readonly trees: readonly DecisionTree[];
}

/** One tree; node i is a leaf when `feature[i]` is -1, else rows with a value up to the cut go to `left[i]`. */
export interface DecisionTree {
  readonly feature: Int32Array;
  readonly cut: Float64Array;
  /** Left child; the right one is the next index. */
  readonly left: Int32Array;
  /** Share of the second class among the rows of the node. */
  readonly share: Float64Array;
}

/** Cuts are sought between this many quantiles of a column. */
const BINS = 32;
const LEAST_LEAF = 3;

/**
 * Grows `trees` (default 60) trees to `depth` (default 8) on bootstrap samples, each cut the best of sqrt(columns) random
 * columns (Breiman, "Random forests", 2001). `classes` is 0 or 1 for each row; one seed gives one forest.
 */
export function growDecisionForest(
  table: Table,
  classes: Uint8Array,
  options: { trees?: number; depth?: number; seed?: number } = {},
): DecisionForest {
  const { trees = 60, depth = 8, seed = 42 } = options;
  const random = new SeededRandom(seed);
  const binned = binColumns(table);
  const grown = Array.from({ length: trees }, () => {
    const rows = Int32Array.from({ length: table.rows }, () => random.index(table.rows));
    return new TreeGrowth(binned, classes, rows, depth, random).tree();
  });
  return { columns: table.columns, trees: grown };
}

/** The forest's share of the second class for each row, 0 to 1. */
export function forestScores(forest: DecisionForest, table: Table): Float64Array {
  requireSameColumns({ values: table.values, rows: 0, columns: forest.columns }, table);
  const scores = new Float64Array(table.rows);
  for (let i = 0; i < table.rows; i++) {
    let sum = 0;
    for (const { feature, cut, left, share } of forest.trees) {
      let node = 0;
      for (let column = feature[0] as number; column >= 0; column = feature[node] as number) {
        const above = (table.values[i * table.columns + column] as number) > (cut[node] as number);
        node = (left[node] as number) + (above ? 1 : 0);
      }
      sum += share[node] as number;
    }
    scores[i] = sum / forest.trees.length;
  }
  return scores;
}

/** A table as bin numbers, column after column, with the value at which each bin ends. */
interface BinnedColumns {
  readonly bins: Uint8Array;
  readonly ends: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

function binColumns({ values, rows, columns }: Table): BinnedColumns {
  const bins = new Uint8Array(rows * columns);
  const ends = new Float64Array(columns * BINS);
  const sorted = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) sorted[i] = values[i * columns + j] as number;
    sorted.sort();
    for (let b = 0; b < BINS; b++) ends[j * BINS + b] = quantile(sorted, (b + 1) / BINS);
    for (let i = 0; i < rows; i++) {
      const value = values[i * columns + j] as number;
      let bin = 0;
      while (bin < BINS - 1 && value > (ends[j * BINS + bin] as number)) bin++;
      bins[j * rows + i] = bin;
    }
  }
  return { bins, ends, rows, columns };
}

interface Cut {
  readonly column: number;
  readonly bin: number;
  readonly gain: number;
}

/** Grows one tree in arrays, a node's rows kept together in one slice that its cut parts in two. */
class TreeGrowth {
  private readonly feature: number[] = [];
  private readonly cut: number[] = [];
  private readonly left: number[] = [];
  private readonly share: number[] = [];
  private readonly order: Int32Array;
  private readonly tried: number;
  private readonly counts = new Int32Array(BINS);
  private readonly seconds = new Int32Array(BINS);

  constructor(
    private readonly data: BinnedColumns,
    private readonly classes: Uint8Array,
    private readonly rows: Int32Array,
    private readonly maxDepth: number,
    private readonly random: SeededRandom,
  ) {
    this.order = indices(data.columns);
    this.tried = Math.max(1, Math.round(Math.sqrt(data.columns)));
    this.push();
    this.grow(0, 0, rows.length, 0);
  }

  tree(): DecisionTree {
    return {
      feature: Int32Array.from(this.feature),
      cut: Float64Array.from(this.cut),
      left: Int32Array.from(this.left),
      share: Float64Array.from(this.share),
    };
  }

  private push(): number {
    this.cut.push(0);
    this.left.push(0);
    this.share.push(0);
    return this.feature.push(-1) - 1;
  }

  private grow(node: number, start: number, end: number, depth: number): void {
    let second = 0;
    for (let i = start; i < end; i++) second += this.classes[this.rows[i] as number] as number;
    this.share[node] = second / (end - start);
    if (depth >= this.maxDepth || second === 0 || second === end - start) return;
    const best = this.bestCut(start, end, second);
    if (!best) return;
    const middle = this.partition(start, end, best);
    this.feature[node] = best.column;
    this.cut[node] = this.data.ends[best.column * BINS + best.bin] as number;
    const left = this.push();
    this.push();
    this.left[node] = left;
    this.grow(left, start, middle, depth + 1);
    this.grow(left + 1, middle, end, depth + 1);
  }

  private bestCut(start: number, end: number, second: number): Cut | undefined {
    this.random.shuffle(this.order, this.tried);
    let best: Cut | undefined;
    for (let k = 0; k < this.tried; k++) {
      const found = this.bestCutOf(this.order[k] as number, start, end, second);
      if (found && found.gain > (best?.gain ?? 1e-12)) best = found;
    }
    return best;
  }

  /** The bin after which a column parts the classes best, by what it takes off the Gini impurity. */
  private bestCutOf(column: number, start: number, end: number, second: number): Cut | undefined {
    const { counts, seconds } = this;
    counts.fill(0);
    seconds.fill(0);
    const offset = column * this.data.rows;
    for (let i = start; i < end; i++) {
      const row = this.rows[i] as number;
      const bin = this.data.bins[offset + row] as number;
      counts[bin] = (counts[bin] as number) + 1;
      seconds[bin] = (seconds[bin] as number) + (this.classes[row] as number);
    }
    const size = end - start;
    let below = 0;
    let secondBelow = 0;
    let best: Cut | undefined;
    for (let bin = 0; bin < BINS - 1; bin++) {
      below += counts[bin] as number;
      secondBelow += seconds[bin] as number;
      if (below < LEAST_LEAF || size - below < LEAST_LEAF) continue;
      // The fall in impurity is the variance between both sides: n1 n2 / n^2 (p1 - p2)^2.
      const difference = secondBelow / below - (second - secondBelow) / (size - below);
      const gain = ((below * (size - below)) / (size * size)) * difference * difference;
      if (gain > (best?.gain ?? 0)) best = { column, bin, gain };
    }
    return best;
  }

  private partition(start: number, end: number, { column, bin }: Cut): number {
    const offset = column * this.data.rows;
    let middle = start;
    for (let i = start; i < end; i++) {
      const row = this.rows[i] as number;
      if ((this.data.bins[offset + row] as number) > bin) continue;
      this.rows[i] = this.rows[middle] as number;
      this.rows[middle++] = row;
    }
    return middle;
  }
}
