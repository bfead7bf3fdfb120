import { requireSortedSample, type SortedSample } from "./samples";
import { forEachTieGroup } from "./tieGroups";

/** Reference and current shares of the same bins. */
export interface BinnedShares {
  readonly reference: Float64Array;
  readonly current: Float64Array;
}

/** References with no more distinct values than this are binned by value. */
const BINNED_BY_VALUE = 20;

/**
 * Shares of two sorted samples in the bins that Evidently gives PSI, Kullback-Leibler and Jensen-Shannon on numbers:
 * Sturges's equal widths over both samples together, or one bin a value when the reference has at most 20 of them
 * (evidently/legacy/calculations/stattests/utils.py; numpy's histogram_bin_edges).
 */
export function evidentlyShares(reference: SortedSample, current: SortedSample): BinnedShares {
  requireSortedSample(reference, "the reference sample", 1);
  requireSortedSample(current, "the current sample", 1);
  if (distinctUpTo(reference, BINNED_BY_VALUE + 1) > BINNED_BY_VALUE) {
    const edges = sturgesEdges(reference, current);
    return { reference: sharesBetween(reference, edges), current: sharesBetween(current, edges) };
  }
  const shares = { reference: [] as number[], current: [] as number[] };
  forEachTieGroup(reference, current, (countReference, countCurrent) => {
    shares.reference.push(countReference / reference.length);
    shares.current.push(countCurrent / current.length);
  });
  return { reference: Float64Array.from(shares.reference), current: Float64Array.from(shares.current) };
}

/**
 * Evidently's stand-in for empty bins before PSI and Kullback-Leibler: 0.0001, or a millionth of the least share when
 * that is no larger. Shares are not made to sum to 1 again.
 */
export function fillEmptyBins(shares: Float64Array): Float64Array {
  let least = Infinity;
  for (const share of shares) if (share > 0 && share < least) least = share;
  const stand = least <= 1e-4 ? least / 1e6 : 1e-4;
  return shares.map((share) => (share === 0 ? stand : share));
}

/** Sum of (p - q) ln(p / q) over shares as they are: Evidently's PSI once empty bins are filled. */
export function evidentlyPsi(reference: SortedSample, current: SortedSample): number {
  const { p, q } = filled(reference, current);
  return p.reduce((sum, share, i) => sum + (share - (q[i] as number)) * Math.log(share / (q[i] as number)), 0);
}

/** Sum of p ln(p / q), shares made to sum to 1 after empty bins are filled: Evidently's Kullback-Leibler, in nats. */
export function evidentlyKullbackLeibler(reference: SortedSample, current: SortedSample): number {
  const { p, q } = filled(reference, current);
  const total = (shares: Float64Array) => shares.reduce((sum, share) => sum + share, 0);
  const scale = total(q) / total(p);
  return p.reduce((sum, share, i) => sum + share * Math.log((share / (q[i] as number)) * scale), 0) / total(p);
}

function filled(reference: SortedSample, current: SortedSample): { p: Float64Array; q: Float64Array } {
  const shares = evidentlyShares(reference, current);
  return { p: fillEmptyBins(shares.reference), q: fillEmptyBins(shares.current) };
}

function distinctUpTo(sample: SortedSample, limit: number): number {
  let distinct = 1;
  for (let i = 1; i < sample.length && distinct < limit; i++) if (sample[i] !== sample[i - 1]) distinct++;
  return distinct;
}

/** numpy's equal-width edges by Sturges's rule; whole numbers get bins at least 1 wide, as its integer arrays do. */
function sturgesEdges(reference: SortedSample, current: SortedSample): Float64Array {
  let first = Math.min(reference[0] as number, current[0] as number);
  let last = Math.max(reference[reference.length - 1] as number, current[current.length - 1] as number);
  const range = last - first;
  let width = range / (Math.log2(reference.length + current.length) + 1);
  if (width < 1 && reference.every(Number.isInteger) && current.every(Number.isInteger)) width = 1;
  const bins = range === 0 ? 1 : Math.ceil(range / width);
  if (range === 0) [first, last] = [first - 0.5, last + 0.5];
  const step = (last - first) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => first + i * step);
  edges[bins] = last;
  return edges;
}

/** Shares of a sorted sample between edges, each bin closed below and the last above too. */
function sharesBetween(sample: SortedSample, edges: Float64Array): Float64Array {
  const shares = new Float64Array(edges.length - 1);
  let bin = 0;
  for (const value of sample) {
    while (bin < shares.length - 1 && value >= (edges[bin + 1] as number)) bin++;
    shares[bin] = (shares[bin] as number) + 1;
  }
  return shares.map((count) => count / sample.length);
}
