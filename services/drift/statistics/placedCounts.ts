import type { PlacedWindow } from "./referenceCells";

/** Occurrences by value, ascending. */
type ValueCounts = ReadonlyMap<number, number>;

/** What sorting would tell of a window beside a reference, both of few values and neither empty. */
export function placeCounts(reference: ValueCounts, window: ValueCounts, edges: Float64Array): PlacedWindow {
  const [n, m] = [totalOf(reference), totalOf(window)];
  const values = Float64Array.from(new Set([...reference.keys(), ...window.keys()])).sort();
  let [i, j, gap, area] = [0, 0, 0, 0];
  let previous = values[0] as number;
  for (const value of values) {
    area += Math.abs(i * m - j * n) * (value - previous);
    i += reference.get(value) ?? 0;
    j += window.get(value) ?? 0;
    gap = Math.max(gap, Math.abs(i * m - j * n));
    previous = value;
  }
  const known = [...reference.keys()];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return {
    size: m,
    gap,
    area: area / (n * m),
    outside: countWhere(window, (value) => value < low || value > high),
    below: edges.map((edge) => countWhere(window, (value) => value < edge)),
  };
}

function totalOf(counts: ValueCounts): number {
  return countWhere(counts, () => true);
}

function countWhere(counts: ValueCounts, wanted: (value: number) => boolean): number {
  let total = 0;
  for (const [value, count] of counts) if (wanted(value)) total += count;
  return total;
}
