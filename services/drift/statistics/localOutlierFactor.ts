import { StatisticsError } from "./statisticsError";
import { requireSameColumns, squaredDistance, type Table } from "./table";

/** How dense a reference is around each of its rows: what new rows are compared with. */
export interface LocalOutlierModel {
  readonly reference: Table;
  readonly neighbours: number;
  /** Distance of each reference row to its k-th nearest other. */
  readonly reach: Float64Array;
  /** Local reachability density of each reference row. */
  readonly density: Float64Array;
}

/** Keeps densities finite where more than k rows coincide; scikit-learn's value. */
const DENSITY_GUARD = 1e-10;

/**
 * Measures the density of a reference around each row by its `neighbours` (default 20) nearest others; throws
 * StatisticsError when there are not so many. Every pair of rows is compared.
 */
export function fitLocalOutlierFactor(reference: Table, neighbours = 20): LocalOutlierModel {
  if (!Number.isInteger(neighbours) || neighbours < 1 || neighbours >= reference.rows) {
    throw new StatisticsError(
      `${neighbours} neighbours of ${reference.rows} rows asked for: 1 to rows - 1 are possible`,
    );
  }
  const { rows } = reference;
  const nearest = new NearestRows(neighbours);
  const indexes = new Int32Array(rows * neighbours);
  const distances = new Float64Array(rows * neighbours);
  const reach = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    nearest.search(reference, i, reference, i);
    indexes.set(nearest.indexes, i * neighbours);
    distances.set(nearest.distances, i * neighbours);
    reach[i] = nearest.distances[neighbours - 1] as number;
  }
  const density = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const from = i * neighbours;
    density[i] = densityAt(
      indexes.subarray(from, from + neighbours),
      distances.subarray(from, from + neighbours),
      reach,
    );
  }
  return { reference, neighbours, reach, density };
}

/**
 * How much sparser the reference is around each new row than around that row's neighbours: about 1 inside, well above
 * 1 for outliers (Breunig and others, "LOF: identifying density-based local outliers", 2000).
 */
export function localOutlierFactors(model: LocalOutlierModel, table: Table): Float64Array {
  requireSameColumns(model.reference, table);
  const nearest = new NearestRows(model.neighbours);
  const factors = new Float64Array(table.rows);
  for (let i = 0; i < table.rows; i++) {
    nearest.search(table, i, model.reference, -1);
    const own = densityAt(nearest.indexes, nearest.distances, model.reach);
    let sum = 0;
    for (const neighbour of nearest.indexes) sum += model.density[neighbour] as number;
    factors[i] = sum / model.neighbours / own;
  }
  return factors;
}

/** One over the mean distance to the neighbours, each at least the neighbour's own reach. */
function densityAt(indexes: Int32Array, distances: Float64Array, reach: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < indexes.length; k++) {
    sum += Math.max(distances[k] as number, reach[indexes[k] as number] as number);
  }
  return 1 / (sum / indexes.length + DENSITY_GUARD);
}

/** The k rows of a table nearest to one row, ascending, found by insertion into arrays that are reused. */
class NearestRows {
  readonly indexes: Int32Array;
  readonly distances: Float64Array;

  constructor(private readonly count: number) {
    this.indexes = new Int32Array(count);
    this.distances = new Float64Array(count);
  }

  /** Searches `table` for the neighbours of row `row` of `from`, leaving out row `except`. */
  search(from: Table, row: number, table: Table, except: number): void {
    const { indexes, distances, count } = this;
    distances.fill(Infinity);
    for (let j = 0; j < table.rows; j++) {
      if (j === except) continue;
      const distance = squaredDistance(from, row, table, j);
      if (distance >= (distances[count - 1] as number)) continue;
      let k = count - 1;
      for (; k > 0 && (distances[k - 1] as number) > distance; k--) {
        distances[k] = distances[k - 1] as number;
        indexes[k] = indexes[k - 1] as number;
      }
      distances[k] = distance;
      indexes[k] = j;
    }
    for (let k = 0; k < count; k++) distances[k] = Math.sqrt(distances[k] as number);
  }
}
