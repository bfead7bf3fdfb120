import { AdaptiveWindow } from "./adaptiveWindow";
import { DriftDetectionMethod } from "./driftDetectionMethod";
import type { DriftDetector } from "./driftDetector";
import { EarlyDriftDetectionMethod } from "./earlyDriftDetectionMethod";
import { HoeffdingAverage } from "./hoeffdingAverage";
import { HoeffdingWeighted } from "./hoeffdingWeighted";
import { KolmogorovSmirnovWindow } from "./kolmogorovSmirnovWindow";
import { PageHinkley } from "./pageHinkley";
import { StatisticsError } from "./statisticsError";

/** Every streaming detector, fresh, with river's defaults. */
export const DETECTORS = {
  adwin: () => new AdaptiveWindow(),
  page_hinkley: () => new PageHinkley(),
  ddm: () => new DriftDetectionMethod(),
  eddm: () => new EarlyDriftDetectionMethod(),
  hddm_a: () => new HoeffdingAverage(),
  hddm_w: () => new HoeffdingWeighted(),
  kswin: () => new KolmogorovSmirnovWindow(),
} as const satisfies Record<string, () => DriftDetector>;

export type DetectorKind = keyof typeof DETECTORS;

/** Names of all detectors, for schemas and messages. */
export const DETECTOR_KINDS = Object.keys(DETECTORS) as DetectorKind[];

/** The state of a detector as JSON: its fields, with what JSON has no number for in text, and typed arrays as lists. */
export function snapshotDetector(detector: DriftDetector): string {
  return JSON.stringify(detector, (_, value: unknown) => {
    if (typeof value === "number" && !Number.isFinite(value)) return { number: String(value) };
    return value instanceof Uint32Array ? Array.from(value) : value;
  });
}

/**
 * A detector that goes on as the one whose state this is.
 * @throws {StatisticsError} when the state is not of this kind of detector, as this version keeps it.
 */
export function restoreDetector(kind: DetectorKind, snapshot: string): DriftDetector {
  const detector = DETECTORS[kind]();
  fill(detector, parse(snapshot), kind);
  return detector;
}

function fill(target: object, state: unknown, where: string): void {
  const known = Object.keys(target).sort();
  if (typeof state !== "object" || state === null || Object.keys(state).sort().join() !== known.join()) {
    throw new StatisticsError(`the state is not that of ${where}: the fields ${known.join(", ")} are expected`);
  }
  for (const [key, value] of Object.entries(state)) {
    const current: unknown = Reflect.get(target, key);
    if (current instanceof Uint32Array) current.set(value as number[]);
    // A part that is an object of its own class goes on being one.
    else if (isInstance(current)) fill(current, value, `${where}.${key}`);
    else Reflect.set(target, key, value);
  }
}

function isInstance(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) !== Object.prototype;
}

function parse(snapshot: string): unknown {
  try {
    return JSON.parse(snapshot, (_, value: unknown) => {
      const number = (value as { number?: unknown } | null)?.number;
      return typeof number === "string" ? Number(number) : value;
    });
  } catch {
    throw new StatisticsError("the state is no JSON");
  }
}
