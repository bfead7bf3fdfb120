import { type AreaUnderCurve, areaUnderCurve } from "./areaUnderCurve";
import { forestScores, growDecisionForest } from "./decisionForest";
import { sortSample } from "./samples";
import { indices, SeededRandom } from "./seededRandom";
import { requireRows, requireSameColumns, stackTables, type Table } from "./table";

/** What a classifier makes of telling the current rows from the reference. */
export interface ClassifierTwoSampleResult extends AreaUnderCurve {
  /** Rows held out from each table, which alone are scored. */
  readonly heldOutReference: number;
  readonly heldOutCurrent: number;
}

/**
 * Trains a random forest to tell two tables apart on one half of each and scores the other halves: an area of 0.5 means
 * that it cannot, 1 that each row gives itself away. Training never sees the scored rows, so the p-value is valid for
 * any classifier (Lopez-Paz and Oquab, "Revisiting classifier two-sample tests", 2017). Throws StatisticsError when a
 * table has fewer than 10 rows.
 */
export function classifierTwoSample(
  reference: Table,
  current: Table,
  options: { trees?: number; depth?: number; confidence?: number; seed?: number } = {},
): ClassifierTwoSampleResult {
  requireSameColumns(reference, current);
  requireRows(reference, "the reference", 10);
  requireRows(current, "the current table", 10);
  const random = new SeededRandom(options.seed ?? 42);
  const [trainReference, testReference] = halves(reference, random);
  const [trainCurrent, testCurrent] = halves(current, random);
  const training = stackTables(trainReference, trainCurrent);
  const classes = new Uint8Array(training.rows).fill(1, trainReference.rows);
  const forest = growDecisionForest(training, classes, options);
  const negatives = sortSample(forestScores(forest, testReference));
  const positives = sortSample(forestScores(forest, testCurrent));
  const curve = areaUnderCurve(negatives, positives, options.confidence);
  return { ...curve, heldOutReference: testReference.rows, heldOutCurrent: testCurrent.rows };
}

function halves(table: Table, random: SeededRandom): [Table, Table] {
  const order = indices(table.rows);
  random.shuffle(order);
  const half = table.rows >>> 1;
  return [pick(table, order.subarray(0, half)), pick(table, order.subarray(half))];
}

function pick({ values, columns }: Table, rows: Int32Array): Table {
  const picked = new Float64Array(rows.length * columns);
  for (const [i, row] of rows.entries()) picked.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  return { values: picked, rows: rows.length, columns };
}
