import { normalQuantile } from "../statistics/distributions";
import { fitIsotonic, type IsotonicFit, isotonicAt } from "../statistics/isotonicRegression";
import { SeededRandom } from "../statistics/seededRandom";
import type { Interval, ScoredRows } from "./measured";

/** A figure as it is expected, and how far one window's true figure strays from that by chance. */
export interface Estimate extends Interval {
  /** Standard deviation of the true figure around the estimate, for a window of this size. */
  readonly sampling_error: number;
}

/** What a classifier probably did on rows whose truth is not known. */
export interface EstimatedPerformance {
  readonly rows: number;
  readonly accuracy: Estimate;
  readonly f1: Estimate;
  /** Absent when the scores leave no doubt that there is one class only. */
  readonly auc?: Estimate;
}

/** What every estimate rests on; told with it. */
export const CBPE_ASSUMPTION =
  "Estimated from the scores alone: right while the scores, calibrated on the reference, are true probabilities for these rows. That holds when only the inputs moved within the range of the reference; concept drift and regions never seen before make the estimate wrong without showing in it.";

const Z = normalQuantile(0.975);
const DRAWS = 100;

/** Maps scores to probabilities by isotonic regression on rows of known truth. */
export function calibrate({ labels, scores }: ScoredRows): IsotonicFit {
  return fitIsotonic(scores, labels);
}

/**
 * Confidence-based estimate of the performance on scores alone (NannyML's CBPE): each row is right with its calibrated
 * probability, so expected counts give the expected figures. Without a calibration the scores are taken as they are.
 */
export function estimatePerformance(
  scores: Float64Array,
  threshold: number,
  calibration: IsotonicFit | undefined,
): EstimatedPerformance {
  const probabilities = calibration ? scores.map((score) => isotonicAt(calibration, score)) : scores;
  const auc = aucEstimate(scores, probabilities);
  return {
    rows: scores.length,
    accuracy: accuracyEstimate(scores, probabilities, threshold),
    f1: f1Estimate(scores, probabilities, threshold),
    ...(auc ? { auc } : {}),
  };
}

function accuracyEstimate(scores: Float64Array, probabilities: Float64Array, threshold: number): Estimate {
  let right = 0;
  let variance = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = probabilities[i] as number;
    right += (scores[i] as number) >= threshold ? p : 1 - p;
    variance += p * (1 - p);
  }
  return around(right / scores.length, Math.sqrt(variance) / scores.length);
}

/** Labels are independent, so the error follows from F1's slope in each (delta method). */
function f1Estimate(scores: Float64Array, probabilities: Float64Array, threshold: number): Estimate {
  let [said, hits, positives] = [0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    const p = probabilities[i] as number;
    positives += p;
    if ((scores[i] as number) < threshold) continue;
    said++;
    hits += p;
  }
  const total = said + positives;
  if (total === 0) return around(0, 0);
  const slope = (-2 * hits) / (total * total);
  let variance = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = probabilities[i] as number;
    const own = (scores[i] as number) >= threshold ? slope + 2 / total : slope;
    variance += own * own * p * (1 - p);
  }
  return around((2 * hits) / total, Math.sqrt(variance));
}

/** The error by drawing labels from the probabilities: no slope of the area is simple. */
function aucEstimate(scores: Float64Array, probabilities: Float64Array): Estimate | undefined {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const sorted = Float64Array.from(order, (i) => scores[i] as number);
  const chances = Float64Array.from(order, (i) => probabilities[i] as number);
  const value = areaOf(sorted, chances);
  if (value === undefined) return undefined;
  const random = new SeededRandom(13);
  const squares: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    const area = areaOf(
      sorted,
      chances.map((p) => (random.uniform() < p ? 1 : 0)),
    );
    if (area !== undefined) squares.push((area - value) ** 2);
  }
  if (squares.length < 2) return undefined;
  return around(value, Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length));
}

/** Weighted share of pairs, a positive and a negative, in the right order; `chances` are the weights as positive. */
function areaOf(sorted: Float64Array, chances: Float64Array): number | undefined {
  let [below, pairs, positives] = [0, 0, 0];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    let [tiedPositive, tiedNegative] = [0, 0];
    for (; end < sorted.length && sorted[end] === sorted[start]; end++) {
      tiedPositive += chances[end] as number;
      tiedNegative += 1 - (chances[end] as number);
    }
    pairs += tiedPositive * (below + tiedNegative / 2);
    below += tiedNegative;
    positives += tiedPositive;
    start = end;
  }
  return positives > 0 && below > 0 ? pairs / (positives * below) : undefined;
}

function around(value: number, error: number): Estimate {
  return { value, low: Math.max(0, value - Z * error), high: Math.min(1, value + Z * error), sampling_error: error };
}
