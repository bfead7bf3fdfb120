import { chooseEvidentlyTest } from "../statistics/evidentlyPreset";
import type { ColumnSummary } from "../summary";
import type { ColumnSketch } from "./columnSketch";
import { type BinShares, type BoundedScore, errorBound, shareWithin } from "./convexBounds";
import {
  boundedChiSquare,
  boundedJensenShannon,
  boundedPsi,
  type CategoryCounts,
  countsOfSketch,
  sharesByCategory,
} from "./countScores";
import { sharesInBins, sketchKolmogorovSmirnov, sketchNormedWasserstein } from "./numericScores";
import { rankSourceOfSketch, rankSourceOfSummary } from "./rankSource";
import { SketchMismatchError } from "./sketchErrors";

/** Numbers of at most this many distinct values in both samples together are compared value by value. */
const FEW_DISTINCT_VALUES = 5;

/** A score with its certain interval and the half-width of the error. */
export interface ReportedScore extends BoundedScore {
  /** Greatest distance of the exact score from `value`; 0 where the sketch lost nothing. */
  readonly error: number;
}

/** Verdict on one column of a window. */
export interface ColumnComparison {
  readonly test: "kolmogorov_smirnov" | "chi_square" | "wasserstein_normed" | "jensen_shannon_nats";
  /** The test's statistic, or the distance. */
  readonly statistic: ReportedScore;
  /** Only of the first two. */
  readonly pValue?: ReportedScore;
  /** Drift below 0.05 for p-values, from 0.1 on for distances, as in Evidently. */
  readonly threshold: number;
  readonly drifted: boolean;
  /** Whether the exact score would surely give the same verdict. */
  readonly certain: boolean;
  readonly psi: ReportedScore;
  readonly referenceRows: number;
  readonly currentRows: number;
}

/**
 * Compares a window's sketch of a column with the stored reference. The test is chosen as Evidently chooses it, by the
 * reference's size; for categories of a small reference it is the chi-square test of homogeneity. Both must have values.
 * @throws {SketchMismatchError} when the kinds differ, or the window was counted in another reference's grid.
 */
export function compareColumn(reference: ColumnSummary, current: ColumnSketch): ColumnComparison {
  if (reference.kind !== current.kind) {
    throw new SketchMismatchError(
      `Column ${JSON.stringify(reference.name)} is ${reference.kind} in the reference and ${current.kind} in the window.`,
    );
  }
  const sizes = { referenceRows: reference.count, currentRows: current.count };
  const counts = sharedCategories(reference, current);
  const chosen = chooseEvidentlyTest(reference.kind, reference.count, counts ? 3 : Number.POSITIVE_INFINITY);
  if (counts) {
    const psi = reported(boundedPsi(counts));
    if (chosen === "jensen_shannon") {
      return { ...verdict("jensen_shannon_nats", boundedJensenShannon(counts, Math.E)), psi, ...sizes };
    }
    const { statistic, pValue } = boundedChiSquare(counts, reference.count, current.count);
    return { ...verdict("chi_square", statistic, pValue), psi, ...sizes };
  }
  if (reference.kind !== "numeric" || current.kind !== "numeric") throw new Error("Only numbers are left here.");
  const [before, now] = [rankSourceOfSummary(reference), rankSourceOfSketch(current)];
  // The reference's own counts in its bins are exact, even when it is thinned; not when it was read as a sketch.
  const off = reference.rankError === undefined ? 0 : 2 * before.error;
  const shares = Array.from(reference.binCounts, (inBin) => shareWithin(inBin / reference.count, off));
  const bins = sharesInBins(reference.edges, before, now).map((bin, i) => ({
    ...bin,
    reference: shares[i] ?? bin.reference,
  }));
  const psi = reported(boundedPsi(bins));
  if (chosen === "wasserstein_normed") {
    return { ...verdict("wasserstein_normed", sketchNormedWasserstein(before, now)), psi, ...sizes };
  }
  const { statistic, pValue } = sketchKolmogorovSmirnov(before, now);
  return { ...verdict("kolmogorov_smirnov", statistic, pValue), psi, ...sizes };
}

/** Shares by category, or by value of numbers of which there are few; undefined for other numbers. */
function sharedCategories(reference: ColumnSummary, current: ColumnSketch): BinShares[] | undefined {
  if (reference.kind === "categorical" && current.kind === "categorical") {
    return sharesByCategory(exact(reference.counts, reference.count), countsOfSketch(current));
  }
  const now = current.kind === "numeric" ? current.few.entries() : undefined;
  if (!reference.counts || !now) return undefined;
  const before: ReadonlyMap<string | number, number> = reference.counts;
  if (new Set<string | number>([...before.keys(), ...now.keys()]).size > FEW_DISTINCT_VALUES) return undefined;
  return sharesByCategory(exact(before, reference.count), exact(now, current.count));
}

function exact(counts: ReadonlyMap<string | number, number>, total: number): CategoryCounts {
  return { counts, total, undercount: 0 };
}

function verdict(test: ColumnComparison["test"], statistic: BoundedScore, pValue?: BoundedScore) {
  const threshold = pValue ? 0.05 : 0.1;
  const drifts = (score: number) => (pValue ? score < threshold : score >= threshold);
  const { value, low, high } = pValue ?? statistic;
  return {
    test,
    statistic: reported(statistic),
    ...(pValue ? { pValue: reported(pValue) } : {}),
    threshold,
    drifted: drifts(value),
    certain: drifts(low) === drifts(high),
  };
}

function reported(score: BoundedScore): ReportedScore {
  return { ...score, error: errorBound(score) };
}
