/** How well probabilities of class 1 fit the labels; every value lies in [0, 1]. */
export type ClassificationMetrics = {
  readonly accuracy: number;
  readonly f1: number;
  readonly precision: number;
  readonly recall: number;
  readonly auc: number;
  readonly brier: number;
  readonly average_precision: number;
};

/**
 * All metrics of one set of predictions. A row is predicted to be class 1 when its probability exceeds 0.5, as the
 * model's own label says.
 * @param labels 0 or 1 a row.
 * @param probabilities P(class 1) a row, in [0, 1].
 * @throws {RangeError} when the lengths differ, a value is out of range or only one class is present.
 */
export function classificationMetrics(
  labels: readonly number[],
  probabilities: readonly number[],
): ClassificationMetrics {
  checkArguments(labels, probabilities);
  const predicted = probabilities.map((probability) => (probability > 0.5 ? 1 : 0));
  return {
    accuracy: accuracy(labels, predicted),
    f1: f1(labels, predicted),
    precision: precision(labels, predicted),
    recall: recall(labels, predicted),
    auc: areaUnderRoc(labels, probabilities),
    brier: brierScore(labels, probabilities),
    average_precision: averagePrecision(labels, probabilities),
  };
}

/** Share of rows whose predicted class is the true one. */
export function accuracy(labels: readonly number[], predicted: readonly number[]): number {
  return labels.filter((label, index) => label === predicted[index]).length / labels.length;
}

/** True positives / all rows predicted positive; 0 when none is. */
export function precision(labels: readonly number[], predicted: readonly number[]): number {
  const { truePositives, falsePositives } = confusion(labels, predicted);
  return ratio(truePositives, truePositives + falsePositives);
}

/** True positives / all rows that are positive; 0 when none is. */
export function recall(labels: readonly number[], predicted: readonly number[]): number {
  const { truePositives, falseNegatives } = confusion(labels, predicted);
  return ratio(truePositives, truePositives + falseNegatives);
}

/** Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN); 0 when there is no positive at all. */
export function f1(labels: readonly number[], predicted: readonly number[]): number {
  const { truePositives, falsePositives, falseNegatives } = confusion(labels, predicted);
  return ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

/**
 * Area under the ROC curve: the chance that a positive row scores above a negative one, ties counting half
 * (the Mann-Whitney U statistic over the number of pairs).
 */
export function areaUnderRoc(labels: readonly number[], scores: readonly number[]): number {
  let pairsWon = 0;
  let negativesBelow = 0;
  let positivesTotal = 0;
  for (const { positives, negatives } of tiedGroups(labels, scores).reverse()) {
    pairsWon += positives * (negativesBelow + negatives / 2);
    negativesBelow += negatives;
    positivesTotal += positives;
  }
  return pairsWon / (positivesTotal * negativesBelow);
}

/** Mean squared difference of probability and label (Brier 1950, the form for two classes); 0 is perfect. */
export function brierScore(labels: readonly number[], probabilities: readonly number[]): number {
  return labels.reduce((sum, label, index) => sum + ((probabilities[index] ?? 0) - label) ** 2, 0) / labels.length;
}

/** Sum over falling thresholds of (gain in recall) * (precision there), without interpolation, as scikit-learn defines it. */
export function averagePrecision(labels: readonly number[], scores: readonly number[]): number {
  const positivesTotal = labels.filter((label) => label === 1).length;
  let truePositives = 0;
  let seen = 0;
  let sum = 0;
  for (const { positives, negatives } of tiedGroups(labels, scores)) {
    truePositives += positives;
    seen += positives + negatives;
    sum += (positives / positivesTotal) * (truePositives / seen);
  }
  return sum;
}

/** Rows with equal score counted together, highest score first: one threshold each. */
function tiedGroups(labels: readonly number[], scores: readonly number[]): { positives: number; negatives: number }[] {
  const groups = new Map<number, { positives: number; negatives: number }>();
  for (const [index, label] of labels.entries()) {
    const score = scores[index] ?? 0;
    const group = groups.get(score) ?? { positives: 0, negatives: 0 };
    groups.set(score, group);
    if (label === 1) group.positives++;
    else group.negatives++;
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group);
}

function confusion(labels: readonly number[], predicted: readonly number[]) {
  const count = (label: number, prediction: number) =>
    labels.filter((value, index) => value === label && predicted[index] === prediction).length;
  return { truePositives: count(1, 1), falsePositives: count(0, 1), falseNegatives: count(1, 0) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function checkArguments(labels: readonly number[], probabilities: readonly number[]): void {
  if (labels.length !== probabilities.length) {
    throw new RangeError(
      `There are ${labels.length} labels and ${probabilities.length} probabilities. One of each a row.`,
    );
  }
  const badLabel = labels.find((label) => label !== 0 && label !== 1);
  if (badLabel !== undefined) throw new RangeError(`The label ${badLabel} is not allowed. Allowed: 0 or 1.`);
  const badProbability = probabilities.find((value) => !(value >= 0 && value <= 1));
  if (badProbability !== undefined) {
    throw new RangeError(`The probability ${badProbability} is not allowed. Allowed: 0 to 1.`);
  }
  if (new Set(labels).size < 2) {
    throw new RangeError(`All ${labels.length} rows have the same class. AUC and recall need rows of both.`);
  }
}
