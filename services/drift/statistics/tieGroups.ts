import type { SortedSample } from "./samples";

/**
 * Calls `visit` once for every distinct value of two sorted samples, ascending, with how often each sample has it: the
 * single merge under all rank tests.
 */
export function forEachTieGroup(
  a: SortedSample,
  b: SortedSample,
  visit: (countA: number, countB: number) => void,
): void {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    const startA = i;
    const startB = j;
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    visit(i - startA, j - startB);
  }
}
