import { areaUnderCurve } from "../statistics/areaUnderCurve";
import { normalQuantile, normalSurvival } from "../statistics/distributions";
import { sortSample } from "../statistics/samples";
import { SeededRandom } from "../statistics/seededRandom";

/** A figure with the interval that covers the true one 95 times in 100. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How a binary classifier did on rows whose truth is known. */
export interface MeasuredPerformance {
  readonly rows: number;
  readonly positives: number;
  readonly accuracy: Interval;
  readonly f1: Interval;
  /** Absent when only one class occurred. */
  readonly auc?: Interval;
  /** Mean squared error of the scores as probabilities. */
  readonly brier: Interval;
  /** Mean gap of score and share of positives over ten equally filled bins. */
  readonly calibration_error: number;
  /** Of well calibrated scores giving a Brier score as far off (Spiegelhalter 1986). */
  readonly calibration_p_value: number;
}

/** Outcomes 0 or 1 and the scores given to them, 0 to 1, row by row. */
export interface ScoredRows {
  readonly labels: Uint8Array;
  readonly scores: Float64Array;
}

const Z = normalQuantile(0.975);
const RESAMPLES = 200;
const CALIBRATION_BINS = 10;

/** Measures rows (at least one) at a threshold from which on a score counts as positive. */
export function measurePerformance({ labels, scores }: ScoredRows, threshold: number): MeasuredPerformance {
  const rows = labels.length;
  const table = confusion(labels, scores, threshold);
  const auc = aucOf(labels, scores);
  return {
    rows,
    positives: table.tp + table.fn,
    accuracy: wilsonInterval(table.tp + table.tn, rows),
    f1: f1Interval(table),
    ...(auc ? { auc } : {}),
    brier: brierInterval(labels, scores),
    calibration_error: calibrationError(labels, scores),
    calibration_p_value: spiegelhalter(labels, scores),
  };
}

interface Confusion {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

function confusion(labels: Uint8Array, scores: Float64Array, threshold: number): Confusion {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let i = 0; i < labels.length; i++) {
    const said = (scores[i] as number) >= threshold;
    if (labels[i] === 1) counts[said ? "tp" : "fn"]++;
    else counts[said ? "fp" : "tn"]++;
  }
  return counts;
}

/** Interval of a proportion by Wilson's score (1927), right at 0 and 1 too. */
export function wilsonInterval(hits: number, rows: number): Interval {
  const value = hits / rows;
  const scale = 1 + (Z * Z) / rows;
  const centre = (value + (Z * Z) / (2 * rows)) / scale;
  const margin = (Z / scale) * Math.sqrt((value * (1 - value)) / rows + (Z * Z) / (4 * rows * rows));
  return {
    value,
    low: Math.min(value, Math.max(0, centre - margin)),
    high: Math.max(value, Math.min(1, centre + margin)),
  };
}

/** F1 depends on the four counts only, so the bootstrap draws those (percentile interval). */
function f1Interval(table: Confusion): Interval {
  const rows = table.tp + table.fp + table.fn + table.tn;
  const random = new SeededRandom(11);
  const draws = Float64Array.from({ length: RESAMPLES }, () => {
    const tp = binomial(random, rows, table.tp / rows);
    const rest = rows - tp;
    const errors = binomial(random, rest, (table.fp + table.fn) / Math.max(1, rows - table.tp));
    return f1Of(tp, errors);
  }).sort();
  const value = f1Of(table.tp, table.fp + table.fn);
  const at = (q: number) => draws[Math.round(q * (RESAMPLES - 1))] as number;
  return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) };
}

/** 0 when there is neither a positive nor one said to be. */
function f1Of(tp: number, errors: number): number {
  return tp + errors === 0 ? 0 : (2 * tp) / (2 * tp + errors);
}

/** Drawn one by one while that is quick, else by the normal limit. */
function binomial(random: SeededRandom, trials: number, chance: number): number {
  if (trials <= 500) {
    let hits = 0;
    for (let i = 0; i < trials; i++) if (random.uniform() < chance) hits++;
    return hits;
  }
  const uniform = Math.min(1 - 1e-12, Math.max(1e-12, random.uniform()));
  const draw = trials * chance + normalQuantile(uniform) * Math.sqrt(trials * chance * (1 - chance));
  return Math.max(0, Math.min(trials, Math.round(draw)));
}

function aucOf(labels: Uint8Array, scores: Float64Array): Interval | undefined {
  const positives = scores.filter((_, i) => labels[i] === 1);
  const negatives = scores.filter((_, i) => labels[i] !== 1);
  if (positives.length < 2 || negatives.length < 2) return undefined;
  const { area, low, high } = areaUnderCurve(sortSample(negatives), sortSample(positives));
  return { value: area, low, high };
}

function brierInterval(labels: Uint8Array, scores: Float64Array): Interval {
  const errors = scores.map((score, i) => (score - (labels[i] as number)) ** 2);
  const value = mean(errors);
  const variance = mean(errors.map((error) => (error - value) ** 2));
  const margin = Z * Math.sqrt(variance / Math.max(1, errors.length - 1));
  return { value, low: Math.max(0, value - margin), high: Math.min(1, value + margin) };
}

function calibrationError(labels: Uint8Array, scores: Float64Array): number {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  const bins = Math.min(CALIBRATION_BINS, order.length);
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    const rows = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
    let gap = 0;
    for (const row of rows) gap += (scores[row] as number) - (labels[row] as number);
    error += Math.abs(gap) / order.length;
  }
  return error;
}

function spiegelhalter(labels: Uint8Array, scores: Float64Array): number {
  let sum = 0;
  let variance = 0;
  for (let i = 0; i < labels.length; i++) {
    const p = scores[i] as number;
    sum += ((labels[i] as number) - p) * (1 - 2 * p);
    variance += (1 - 2 * p) ** 2 * p * (1 - p);
  }
  if (variance === 0) return sum === 0 ? 1 : 0;
  return Math.min(1, 2 * normalSurvival(Math.abs(sum) / Math.sqrt(variance)));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
