import { setImmediate as nextTurn } from "node:timers/promises";
import { proportionsZTest } from "../statistics/proportionsZTest";
import { type ConfidenceShift, confidenceShift } from "./confidenceShift";
import { CBPE_ASSUMPTION, calibrate, type EstimatedPerformance, estimatePerformance } from "./estimated";
import { type MeasuredPerformance, measurePerformance } from "./measured";
import { type PerformanceBody, parseLabels, parseReference, parseScores } from "./request";
import { type RowWindow, windowsOfDays, windowsOfRows } from "./windows";

/** Chance of one false alarm over all windows of an answer. */
const LEVEL = 0.05;

/** The answer of POST /performance. */
export interface PerformanceReport {
  readonly mode: "measured" | "estimated";
  readonly windows: readonly (Window & (MeasuredPerformance | EstimatedPerformance))[];
  /** Of the reference, when one was given. */
  readonly reference?: MeasuredPerformance;
  /** Labels of the windows whose accuracy fell below the reference's by more than chance over all windows. */
  readonly degraded: readonly string[];
  /** The last window beside the one before: with times, the last day beside the day before. */
  readonly confidence_shift?: ConfidenceShift & { readonly window: string; readonly previous_window: string };
  readonly notes: readonly string[];
}

interface Window {
  readonly window: string;
  readonly degraded?: boolean;
}

/** Measures performance window by window where the truth is known, and estimates it where it is not. */
export async function performanceReport(body: PerformanceBody): Promise<PerformanceReport> {
  const scores = parseScores(body.scores, "scores");
  const labels =
    body.labels === undefined ? undefined : parseLabels(body.labels, "labels", body.positive, scores.length);
  const reference = parseReference(body);
  const windows =
    body.times === undefined
      ? windowsOfRows(scores.length, body.window_rows)
      : windowsOfDays(body.times, scores.length);
  const known = reference ? measurePerformance(reference, body.threshold) : undefined;
  const calibration = reference && !labels ? calibrate(reference) : undefined;
  const found: PerformanceReport["windows"][number][] = [];
  for (const { label, rows } of windows) {
    const part = Float64Array.from(rows, (row) => scores[row] as number);
    const figures = labels
      ? measurePerformance(
          { scores: part, labels: Uint8Array.from(rows, (row) => labels[row] as number) },
          body.threshold,
        )
      : estimatePerformance(part, body.threshold, calibration);
    const degraded = known === undefined ? undefined : isDegraded(figures, known, windows.length);
    found.push({ window: label, ...(degraded === undefined ? {} : { degraded }), ...figures });
    await nextTurn();
  }
  const shift = shiftOf(scores, windows);
  return {
    mode: labels ? "measured" : "estimated",
    windows: found,
    ...(known ? { reference: known } : {}),
    degraded: found.flatMap(({ window, degraded }) => (degraded ? [window] : [])),
    ...(shift ? { confidence_shift: shift } : {}),
    notes: notesOf(labels !== undefined, reference !== undefined, windows.length),
  };
}

/** One-sided z-test of right answers; of an estimate, the expected ones. */
function isDegraded(
  figures: MeasuredPerformance | EstimatedPerformance,
  known: MeasuredPerformance,
  windows: number,
): boolean {
  if (figures.accuracy.value >= known.accuracy.value) return false;
  const right = (accuracy: number, rows: number) => Math.round(accuracy * rows);
  const { pValue } = proportionsZTest(
    right(known.accuracy.value, known.rows),
    known.rows,
    right(figures.accuracy.value, figures.rows),
    figures.rows,
  );
  return pValue / 2 < LEVEL / windows;
}

function shiftOf(scores: Float64Array, windows: readonly RowWindow[]): PerformanceReport["confidence_shift"] {
  const [previous, last] = windows.slice(-2);
  if (!previous || !last || Math.min(previous.rows.length, last.rows.length) < 2) return undefined;
  const pick = ({ rows }: RowWindow) => Float64Array.from(rows, (row) => scores[row] as number);
  return { window: last.label, previous_window: previous.label, ...confidenceShift(pick(previous), pick(last)) };
}

function notesOf(labelled: boolean, reference: boolean, windows: number): string[] {
  const notes = labelled ? [] : [CBPE_ASSUMPTION];
  if (!labelled && !reference) {
    notes.push("No reference of known truth was given, so the scores were taken as true probabilities, uncalibrated.");
  }
  if (reference) {
    notes.push(
      `A window is degraded when its accuracy is below the reference's at p < ${LEVEL} over all ${windows} windows (Bonferroni).`,
    );
  }
  return notes;
}
