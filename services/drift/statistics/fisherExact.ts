import { type Counts, requireComparableCounts, totalOf } from "./counts";
import { logGamma } from "./specialFunctions";
import { StatisticsError } from "./statisticsError";

/** The exact test is refused on tables with more arrangements than this; chi-square is then as good. */
export const FISHER_MAX_TABLES = 5_000_000;

/** Probabilities this close count as equal: the same table reached by other roundings. */
const TIE = 1 + 1e-7;

/**
 * Two-sided p-value of Fisher's exact test on the 2 x k table of two samples' category counts: the probability, the
 * margins given, of all tables no more probable than this one (Fisher 1922; Freeman and Halton 1951 for k > 2). Counts
 * must be whole; throws StatisticsError when they are not, or the table has more than FISHER_MAX_TABLES arrangements.
 */
export function fisherExact(reference: Counts, current: Counts): number {
  requireComparableCounts(reference, current);
  const columns: number[] = [];
  let observed = 0;
  for (let i = 0; i < reference.length; i++) {
    const column = wholeCount(reference[i] as number) + wholeCount(current[i] as number);
    if (column > 0) columns.push(column);
    observed += logChoose(column, current[i] as number);
  }
  columns.sort((a, b) => a - b);
  const currentTotal = totalOf(current);
  requireFewTables(columns, currentTotal);
  return Math.min(1, new TableSum(columns, observed + Math.log(TIE)).shareOfTables(currentTotal));
}

function wholeCount(count: number): number {
  if (!Number.isInteger(count)) throw new StatisticsError(`a count is ${count}: the exact test needs whole counts`);
  return count;
}

function logChoose(n: number, k: number): number {
  return k === 0 || k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** The last column is fixed by the others, and the widest is last, so this bounds the tables from above. */
function requireFewTables(columns: readonly number[], currentTotal: number): void {
  let tables = 1;
  for (const column of columns.slice(0, -1)) tables *= Math.min(column, currentTotal) + 1;
  if (tables > FISHER_MAX_TABLES) {
    throw new StatisticsError(
      `the table has up to ${tables} arrangements: the exact test takes at most ${FISHER_MAX_TABLES}, use chi-square`,
    );
  }
}

/** Walks all tables with the given margins and adds up those with no more ways to them than the observed one. */
class TableSum {
  private readonly logChoices: Float64Array[];
  /** Sum of the columns up to and including each. */
  private readonly cumulative: number[] = [];
  private readonly total: number;

  constructor(
    columns: readonly number[],
    private readonly logLimit: number,
  ) {
    let total = 0;
    for (const column of columns) {
      total += column;
      this.cumulative.push(total);
    }
    this.total = total;
    this.logChoices = columns.map((column) =>
      Float64Array.from({ length: column + 1 }, (_, k) => logChoose(column, k)),
    );
  }

  shareOfTables(currentTotal: number): number {
    const logAll = logChoose(this.total, currentTotal);
    return this.descend(this.cumulative.length - 1, currentTotal, 0, logAll);
  }

  /** Places `left` values of the current sample in the columns up to `column`. */
  private descend(column: number, left: number, logSoFar: number, logAll: number): number {
    const choices = this.logChoices[column] as Float64Array;
    if (column === 0) {
      const log = logSoFar + (choices[left] as number);
      return log <= this.logLimit ? Math.exp(log - logAll) : 0;
    }
    const room = this.cumulative[column - 1] as number;
    let sum = 0;
    for (let k = Math.max(0, left - room); k <= Math.min(left, choices.length - 1); k++) {
      sum += this.descend(column - 1, left - k, logSoFar + (choices[k] as number), logAll);
    }
    return sum;
  }
}
