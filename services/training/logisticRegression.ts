import { solvePositiveDefinite } from "./cholesky";
import type { Dataset } from "./dataset";

/** A fitted binary classifier: P(class 1) = sigmoid(intercept + sum of weights * (x - means) / scales). */
export interface LogisticRegression {
  readonly features: readonly string[];
  /** Mean of each feature over the training rows. */
  readonly means: readonly number[];
  /** Population standard deviation of each feature; 1 where a feature is constant. */
  readonly scales: readonly number[];
  /** Per standardised feature. */
  readonly weights: readonly number[];
  readonly intercept: number;
}

/** Newton's method doubles the correct digits each step; a convex problem of this kind takes about ten. */
const MAX_STEPS = 100;
/** Largest component of the gradient at which the fit counts as exact. */
const GRADIENT_TOLERANCE = 1e-10;

/**
 * Fits a logistic regression on standardised features by Newton's method with step halving. It minimises
 * C * (sum of log losses) + |weights|^2 / 2 with the intercept unpenalised, which is what scikit-learn's
 * StandardScaler + LogisticRegression(C) minimise, so both find the same optimum. No randomness.
 * @param inverseRegularisation C, greater than 0. @default 1
 * @throws {Error} when the optimum is not reached, which means values of extreme size.
 */
export function fitLogisticRegression(data: Dataset, inverseRegularisation = 1): LogisticRegression {
  const { means, scales } = standardisation(data);
  const design = data.rows.map((row) => [...standardise(row, means, scales), 1]);
  const problem: Problem = { design, labels: data.labels, strength: inverseRegularisation };
  let coefficients = new Float64Array(data.features.length + 1);
  for (let step = 0; step < MAX_STEPS; step++) {
    const { gradient, hessian } = derivatives(problem, coefficients);
    if (gradient.every((value) => Math.abs(value) < GRADIENT_TOLERANCE))
      return toModel(data, means, scales, coefficients);
    const next = lineSearch(problem, coefficients, solvePositiveDefinite(hessian, gradient));
    // Rounding, not the method, ends the descent here: the loss can no longer fall by a representable amount.
    if (next === undefined) return toModel(data, means, scales, coefficients);
    coefficients = next;
  }
  throw new Error(`The logistic regression did not converge in ${MAX_STEPS} steps. Look for columns of extreme size.`);
}

/** P(class 1) of each row; rows hold raw feature values in the model's order. */
export function predictProbabilities(model: LogisticRegression, rows: readonly (readonly number[])[]): number[] {
  return rows.map((row) => {
    const values = standardise(row, model.means, model.scales);
    return sigmoid(values.reduce((sum, value, column) => sum + value * (model.weights[column] ?? 0), model.intercept));
  });
}

interface Problem {
  /** Standardised rows with a trailing 1 for the intercept. */
  readonly design: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly strength: number;
}

function standardisation({ features, rows }: Dataset): { means: number[]; scales: number[] } {
  const means = features.map((_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0) / rows.length);
  const scales = means.map((mean, column) => {
    const squares = rows.reduce((sum, row) => sum + ((row[column] ?? 0) - mean) ** 2, 0);
    const deviation = Math.sqrt(squares / rows.length);
    // A constant column's deviation is rounding noise of its mean; dividing by it would blow the noise up.
    return deviation > Math.abs(mean) * 1e-12 ? deviation : 1;
  });
  return { means, scales };
}

function standardise(row: readonly number[], means: readonly number[], scales: readonly number[]): number[] {
  return means.map((mean, column) => ((row[column] ?? Number.NaN) - mean) / (scales[column] ?? 1));
}

function sigmoid(logit: number): number {
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

function logits({ design }: Problem, coefficients: Float64Array): number[] {
  return design.map((row) => row.reduce((sum, value, column) => sum + value * (coefficients[column] ?? 0), 0));
}

function loss(problem: Problem, coefficients: Float64Array): number {
  const { labels, strength } = problem;
  const data = logits(problem, coefficients).reduce((sum, logit, index) => {
    const margin = labels[index] === 1 ? logit : -logit;
    return sum + Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
  }, 0);
  const penalty = coefficients.subarray(0, -1).reduce((sum, weight) => sum + weight * weight, 0);
  return strength * data + penalty / 2;
}

function derivatives(problem: Problem, coefficients: Float64Array) {
  const { design, labels, strength } = problem;
  const size = coefficients.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  const probabilities = logits(problem, coefficients).map(sigmoid);
  for (const [index, row] of design.entries()) {
    const probability = probabilities[index] ?? 0;
    const residual = strength * (probability - (labels[index] ?? 0));
    const curvature = strength * probability * (1 - probability);
    for (let i = 0; i < size; i++) {
      const value = row[i] ?? 0;
      gradient[i] = (gradient[i] ?? 0) + residual * value;
      for (let j = 0; j <= i; j++) {
        hessian[i * size + j] = (hessian[i * size + j] ?? 0) + curvature * value * (row[j] ?? 0);
      }
    }
  }
  for (let i = 0; i < size - 1; i++) {
    gradient[i] = (gradient[i] ?? 0) + (coefficients[i] ?? 0);
    hessian[i * size + i] = (hessian[i * size + i] ?? 0) + 1;
  }
  return { gradient, hessian };
}

/** The first point of start - t * direction, t = 1, 1/2, 1/4 ..., with a smaller loss; undefined when there is none. */
function lineSearch(
  problem: Problem,
  start: Float64Array,
  direction: Float64Array,
): Float64Array<ArrayBuffer> | undefined {
  const before = loss(problem, start);
  for (let step = 1; step > 1e-6; step /= 2) {
    const next = Float64Array.from(start, (value, index) => value - step * (direction[index] ?? 0));
    if (loss(problem, next) < before) return next;
  }
  return undefined;
}

function toModel(data: Dataset, means: number[], scales: number[], coefficients: Float64Array): LogisticRegression {
  return {
    features: data.features,
    means,
    scales,
    weights: [...coefficients.subarray(0, -1)],
    intercept: coefficients.at(-1) ?? 0,
  };
}
