import { StatisticsError } from "./statisticsError";

/** What a detector makes of the stream up to now; `warning` only from those that have such a level. */
export type DetectorStatus = "stable" | "warning" | "drift";

/** Watches a stream one value at a time in constant or logarithmic memory. After `drift` the next value starts it anew. */
export interface DriftDetector {
  /** Takes the next value; throws StatisticsError when it is not one that the detector watches. */
  update(value: number): DetectorStatus;
}

/** Throws StatisticsError unless a value is finite. */
export function requireFinite(value: number): void {
  if (!Number.isFinite(value)) throw new StatisticsError(`the stream holds ${value}: only finite numbers are watched`);
}

/** Throws StatisticsError unless a value is 0, a right prediction, or 1, a wrong one. */
export function requireOutcome(value: number): void {
  if (value !== 0 && value !== 1) {
    throw new StatisticsError(`the stream holds ${value}: 0 for a right and 1 for a wrong prediction are watched`);
  }
}

/** Zero-based places of a stream at which a detector reports drift. */
export function detectionsIn(detector: DriftDetector, stream: ArrayLike<number>): number[] {
  const places: number[] = [];
  for (let i = 0; i < stream.length; i++) if (detector.update(stream[i] as number) === "drift") places.push(i);
  return places;
}
