import { squaredDistance, type Table } from "./table";

/** Squared distances of every pair of rows i > j of a table, at i (i - 1) / 2 + j. */
export function pairwiseSquaredDistances(table: Table): Float64Array {
  const distances = new Float64Array((table.rows * (table.rows - 1)) / 2);
  let position = 0;
  for (let i = 1; i < table.rows; i++) {
    for (let j = 0; j < i; j++) distances[position++] = squaredDistance(table, i, table, j);
  }
  return distances;
}

/** The k-th smallest value, k from 0, by Hoare's selection (1961); reorders the array. */
export function selectSmallest(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >>> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const kept = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = kept;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k] as number;
}

/** The middle of the distances behind squared ones, the mean of both middles for an even number of them. */
export function medianDistance(squared: Float64Array): number {
  const copy = Float64Array.from(squared);
  const half = copy.length >>> 1;
  const upper = Math.sqrt(selectSmallest(copy, half));
  if (copy.length % 2 === 1) return upper;
  return (upper + Math.sqrt(selectSmallest(copy, half - 1))) / 2;
}
