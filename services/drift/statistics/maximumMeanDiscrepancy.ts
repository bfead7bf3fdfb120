import { normalSurvival } from "./distributions";
import { medianDistance, pairwiseSquaredDistances } from "./pairwiseDistances";
import { indices, SeededRandom } from "./seededRandom";
import { StatisticsError } from "./statisticsError";
import { requireRows, requireSameColumns, squaredDistance, stackTables, type Table } from "./table";

/** Squared maximum mean discrepancy under the Gaussian kernel exp(-|x - y|^2 / 2 sigma^2). */
export interface MaximumMeanDiscrepancy {
  /** Without each row's kernel with itself: 0 on average without drift, and so also negative. */
  readonly unbiased: number;
  /** With it: never negative. */
  readonly biased: number;
  readonly sigma: number;
}

/** More rows than this, both tables together, would hold over 64 MB of kernel: use the linear-time form. */
export const MMD_MAX_ROWS = 4000;

/**
 * Squared discrepancy of two tables (Gretton and others, "A kernel two-sample test", 2012, equations 3 and 5). `sigma`
 * defaults to the median distance of all pairs of rows of both.
 */
export function maximumMeanDiscrepancy(
  reference: Table,
  current: Table,
  options: { sigma?: number } = {},
): MaximumMeanDiscrepancy {
  const kernel = new Kernel(reference, current, options.sigma);
  return { ...kernel.estimates(indices(kernel.rows)), sigma: kernel.sigma };
}

/** The discrepancy and how often chance alone reaches it. */
export interface MmdPermutationResult extends MaximumMeanDiscrepancy {
  /** (1 + permutations that reach the unbiased statistic) / (1 + permutations): never 0, and valid at any number. */
  readonly pValue: number;
  readonly permutations: number;
}

/** Tests the discrepancy by permuting which rows are the reference, `permutations` (default 100) times from a seed. */
export function mmdPermutationTest(
  reference: Table,
  current: Table,
  options: { sigma?: number; permutations?: number; seed?: number } = {},
): MmdPermutationResult {
  const { permutations = 100, seed = 42 } = options;
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new StatisticsError(`${permutations} permutations asked for: a whole number of at least 1 is needed`);
  }
  const kernel = new Kernel(reference, current, options.sigma);
  const order = indices(kernel.rows);
  const observed = kernel.estimates(order);
  const random = new SeededRandom(seed);
  let reached = 0;
  for (let i = 0; i < permutations; i++) {
    random.shuffle(order);
    if (kernel.estimates(order).unbiased >= observed.unbiased) reached++;
  }
  return { ...observed, sigma: kernel.sigma, pValue: (1 + reached) / (1 + permutations), permutations };
}

/** The kernel of every pair of rows of two tables, computed once for all permutations. */
class Kernel {
  readonly rows: number;
  readonly sigma: number;
  private readonly pairs: Float64Array;
  private readonly rowSums: Float64Array;
  private readonly total: number;

  constructor(
    private readonly reference: Table,
    current: Table,
    sigma?: number,
  ) {
    requireSameColumns(reference, current);
    requireRows(reference, "the reference", 2);
    requireRows(current, "the current table", 2);
    this.rows = reference.rows + current.rows;
    if (this.rows > MMD_MAX_ROWS) {
      throw new StatisticsError(
        `${this.rows} rows in both tables: at most ${MMD_MAX_ROWS} fit, sample them or use the linear-time form`,
      );
    }
    this.pairs = pairwiseSquaredDistances(stackTables(reference, current));
    this.sigma = sigma ?? medianSigma(this.pairs);
    requireSigma(this.sigma);
    this.rowSums = new Float64Array(this.rows);
    this.total = this.fill();
  }

  /** Turns distances into kernels in place, and adds them up. */
  private fill(): number {
    const factor = -1 / (2 * this.sigma * this.sigma);
    let total = 0;
    let position = 0;
    for (let i = 1; i < this.rows; i++) {
      for (let j = 0; j < i; j++) {
        const value = Math.exp((this.pairs[position] as number) * factor);
        this.pairs[position++] = value;
        this.rowSums[i] = (this.rowSums[i] as number) + value;
        this.rowSums[j] = (this.rowSums[j] as number) + value;
        total += value;
      }
    }
    return total;
  }

  /** Both estimates when the first reference.rows of `order` are taken for the reference. */
  estimates(order: Int32Array): { unbiased: number; biased: number } {
    const [xx, xy, yy] = this.sums(order);
    const n = this.reference.rows;
    const m = this.rows - n;
    const between = (2 * xy) / (n * m);
    return {
      unbiased: (2 * xx) / (n * (n - 1)) + (2 * yy) / (m * (m - 1)) - between,
      biased: (2 * xx + n) / (n * n) + (2 * yy + m) / (m * m) - between,
    };
  }

  /**
   * Sums over unordered pairs: both rows among the first reference.rows of `order`, one among them, none. Only the
   * smaller group's pairs are read; the rest follows from row sums.
   */
  private sums(order: Int32Array): readonly [number, number, number] {
    const split = this.reference.rows;
    const smallFirst = split <= this.rows - split;
    const group = smallFirst ? order.subarray(0, split) : order.subarray(split);
    let within = 0;
    let rowTotal = 0;
    for (let a = 0; a < group.length; a++) {
      const i = group[a] as number;
      rowTotal += this.rowSums[i] as number;
      for (let b = 0; b < a; b++) {
        const j = group[b] as number;
        within += this.pairs[i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i] as number;
      }
    }
    const between = rowTotal - 2 * within;
    const rest = this.total - within - between;
    return smallFirst ? [within, between, rest] : [rest, between, within];
  }
}

/** The linear-time discrepancy. */
export interface LinearTimeMmdResult {
  readonly statistic: number;
  /** One-sided, from the normal limit of the statistic. */
  readonly pValue: number;
  readonly sigma: number;
}

/**
 * Discrepancy from disjoint quadruples of rows, in one pass and constant memory, with its own variance (Gretton and
 * others 2012, section 6): weaker on equal data than the quadratic form, for tables too large for it. Rows must come in
 * no particular order; the longer table's surplus is not used. `sigma` defaults to the median of the first 500 rows.
 */
export function linearTimeMmd(reference: Table, current: Table, options: { sigma?: number } = {}): LinearTimeMmdResult {
  requireSameColumns(reference, current);
  const count = Math.floor(Math.min(reference.rows, current.rows) / 2);
  if (count < 2) {
    throw new StatisticsError(`${reference.rows} and ${current.rows} rows: at least 4 of each are needed`);
  }
  const sigma = options.sigma ?? medianSigma(pairwiseSquaredDistances(stackTables(head(reference), head(current))));
  requireSigma(sigma);
  const factor = -1 / (2 * sigma * sigma);
  let mean = 0;
  let squares = 0;
  for (let pair = 0; pair < count; pair++) {
    const [i, j] = [2 * pair, 2 * pair + 1];
    const h =
      Math.exp(factor * squaredDistance(reference, i, reference, j)) +
      Math.exp(factor * squaredDistance(current, i, current, j)) -
      Math.exp(factor * squaredDistance(reference, i, current, j)) -
      Math.exp(factor * squaredDistance(reference, j, current, i));
    const step = h - mean;
    mean += step / (pair + 1);
    squares += step * (h - mean);
  }
  const standardError = Math.sqrt(squares / (count - 1) / count);
  return { statistic: mean, pValue: standardError > 0 ? normalSurvival(mean / standardError) : 1, sigma };
}

function head(table: Table): Table {
  const rows = Math.min(table.rows, 250);
  return { values: table.values.subarray(0, rows * table.columns), rows, columns: table.columns };
}

/** Where most rows coincide the median is 0: then of the distances that are not, and 1 when none is. */
function medianSigma(squared: Float64Array): number {
  const median = medianDistance(squared);
  if (median > 0) return median;
  const positive = squared.filter((distance) => distance > 0);
  return positive.length > 0 ? medianDistance(positive) : 1;
}

function requireSigma(sigma: number): void {
  if (!(sigma > 0 && sigma < Infinity)) throw new StatisticsError(`sigma is ${sigma}: a positive number is needed`);
}
