/**
 * Data that a statistic is not defined for: empty samples, values that are not finite, lengths that disagree.
 * The message says what is wrong, the value seen and what is allowed; a service turns it into a 4xx.
 */
export class StatisticsError extends Error {
  override readonly name = "StatisticsError";
}
