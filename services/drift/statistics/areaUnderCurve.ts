import { normalQuantile } from "./distributions";
import { mannWhitney } from "./mannWhitney";
import { momentsOf, sampleVariance } from "./moments";
import { lowerBound, type SortedSample, upperBound } from "./samples";
import { StatisticsError } from "./statisticsError";

/** Area under the receiver operating characteristic, with its confidence. */
export interface AreaUnderCurve {
  /** Chance that a random positive scores above a random negative, ties counting half. */
  readonly area: number;
  /** Interval that covers the true area with the asked confidence, within 0 to 1. */
  readonly low: number;
  readonly high: number;
  /** P-value of an area of one half against a greater one (Mann-Whitney). */
  readonly pValue: number;
}

/**
 * Area under the curve of sorted scores, interval by the variance of placements (DeLong, DeLong and Clarke-Pearson,
 * 1988), `confidence` 0.95 by default. Throws StatisticsError when a class has fewer than 2 scores.
 */
export function areaUnderCurve(negatives: SortedSample, positives: SortedSample, confidence = 0.95): AreaUnderCurve {
  if (negatives.length < 2 || positives.length < 2) {
    throw new StatisticsError(
      `${negatives.length} negatives and ${positives.length} positives: at least 2 of each are needed`,
    );
  }
  const { pValue, effectSize: area } = mannWhitney(positives, negatives);
  const variance =
    sampleVariance(momentsOf(placements(positives, negatives))) / positives.length +
    sampleVariance(momentsOf(placements(negatives, positives))) / negatives.length;
  const margin = normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance);
  return {
    area,
    low: Math.max(0, area - margin),
    high: Math.min(1, area + margin),
    pValue: area >= 0.5 ? pValue / 2 : 1 - pValue / 2,
  };
}

/** For each score of one class, the share of the other class below it. */
function placements(scores: SortedSample, others: SortedSample): Float64Array {
  let from = 0;
  return scores.map((score) => {
    from = lowerBound(others, score, from);
    return (from + upperBound(others, score, from)) / 2 / others.length;
  });
}
