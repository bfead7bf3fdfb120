import { StatisticsError } from "./statisticsError";

/**
 * Bonferroni's correction: each p-value times their number, at most 1. Comparing these with a level keeps the chance
 * of any false alarm at all below that level.
 */
export function bonferroni(pValues: readonly number[]): number[] {
  requireProbabilities(pValues);
  return pValues.map((p) => Math.min(1, p * pValues.length));
}

/**
 * Benjamini and Hochberg's correction (1995): comparing these with a level keeps the expected share of false alarms
 * among all alarms below that level, for tests that are independent or positively dependent.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  requireProbabilities(pValues);
  const order = pValues.map((_, i) => i).sort((a, b) => (pValues[b] as number) - (pValues[a] as number));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let least = 1;
  for (const [fromTop, index] of order.entries()) {
    const rank = pValues.length - fromTop;
    least = Math.min(least, ((pValues[index] as number) * pValues.length) / rank);
    adjusted[index] = least;
  }
  return adjusted;
}

function requireProbabilities(pValues: readonly number[]): void {
  const wrong = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) throw new StatisticsError(`p-value ${wrong} is ${pValues[wrong]}: probabilities lie between 0 and 1`);
}
