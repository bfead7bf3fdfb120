import { seededRandom, shuffled } from "./random";

/** Row indices, each ascending; together they are every row once. */
export interface Split {
  readonly training: readonly number[];
  readonly holdOut: readonly number[];
}

export interface SplitArgs {
  /** Class of each row. */
  readonly labels: readonly number[];
  /** Share of every class that is held out, between 0 and 1, both excluded. */
  readonly holdOutFraction: number;
  /** Whole number; the same seed gives the same split. */
  readonly seed: number;
}

/**
 * Splits rows at random so that both parts have each class in its share of the whole. A class gives
 * round(fraction * count) rows to the hold-out, but at least one row to either part.
 * @throws {RangeError} when the fraction is not between 0 and 1, or a class has fewer than two rows.
 */
export function stratifiedSplit({ labels, holdOutFraction, seed }: SplitArgs): Split {
  if (!(holdOutFraction > 0 && holdOutFraction < 1)) {
    throw new RangeError(`The hold-out fraction is ${holdOutFraction}. Allowed: between 0 and 1, both excluded.`);
  }
  const random = seededRandom(seed);
  const training: number[] = [];
  const holdOut: number[] = [];
  for (const label of [...new Set(labels)].sort((a, b) => a - b)) {
    const members = labels.flatMap((value, index) => (value === label ? [index] : []));
    if (members.length < 2) {
      throw new RangeError(`Class ${label} has ${members.length} row. At least 2 are needed to split it.`);
    }
    const held = Math.min(members.length - 1, Math.max(1, Math.round(members.length * holdOutFraction)));
    const order = shuffled(members, random);
    holdOut.push(...order.slice(0, held));
    training.push(...order.slice(held));
  }
  const ascending = (a: number, b: number) => a - b;
  return { training: training.sort(ascending), holdOut: holdOut.sort(ascending) };
}
