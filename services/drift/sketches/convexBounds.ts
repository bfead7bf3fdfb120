/** A score with an interval that certainly holds the score of the data itself. */
export interface BoundedScore {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Shares of both samples in one bin or category, each known to lie in an interval. */
export interface BinShares {
  readonly reference: BoundedScore;
  readonly current: BoundedScore;
}

/**
 * Bounds on a sum over bins of a term that is convex in the two shares and 0 where they are equal, as those of PSI,
 * Jensen-Shannon and chi-square are. The greatest value of such a term over a rectangle is at a corner, its least is 0
 * where the intervals meet and else at the two ends that face each other.
 */
export function boundConvexSum(bins: readonly BinShares[], term: (p: number, q: number) => number): BoundedScore {
  let value = 0;
  let low = 0;
  let high = 0;
  for (const { reference: p, current: q } of bins) {
    value += term(p.value, q.value);
    if (p.low > q.high) low += term(p.low, q.high);
    else if (q.low > p.high) low += term(p.high, q.low);
    high += Math.max(term(p.low, q.low), term(p.low, q.high), term(p.high, q.low), term(p.high, q.high));
  }
  return { value, low: Math.min(low, value), high: Math.max(high, value) };
}

/** A bounded score through a rising function. */
export function mapScore({ value, low, high }: BoundedScore, rising: (score: number) => number): BoundedScore {
  return { value: rising(value), low: rising(low), high: rising(high) };
}

/** Through a falling function, as a statistic becomes a p-value. */
export function mapFalling({ value, low, high }: BoundedScore, falling: (score: number) => number): BoundedScore {
  return { value: falling(value), low: falling(high), high: falling(low) };
}

/** A share known to within `error`, kept within 0..1. */
export function shareWithin(value: number, error: number): BoundedScore {
  return { value, low: Math.max(0, value - error), high: Math.min(1, value + error) };
}

/** Greatest distance from the score to the ends of its interval. */
export function errorBound({ value, low, high }: BoundedScore): number {
  return value === low && value === high ? 0 : Math.max(value - low, high - value);
}
