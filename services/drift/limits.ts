/** What one request or reference may hold. Beyond them the answer is a 4xx that names the limit. */
export const LIMITS = {
  columns: 2_000,
  columnNameLength: 256,
  /** Distinct values of a categorical column. */
  categories: 10_000,
  categoryLength: 1_024,
  /** Squares of larger numbers, and their sums, leave the range of a double. */
  magnitude: 1e150,
  /** Values that a stored numeric column keeps; a longer one is thinned to evenly spaced order statistics. */
  storedValues: 100_000,
} as const;
