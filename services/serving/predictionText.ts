import { ServiceError } from "../runtime/errors";
import { type ModelCard, ModelPackageError } from "../runtime/modelPackage";
import type { Tensor } from "./tensor";

export interface PredictionTextArgs {
  readonly outputs: readonly Tensor[];
  /** The row of the outputs that is this caller's. */
  readonly row: number;
  /** As JSON. */
  readonly requestIdText: string;
  readonly driftDetected: boolean;
  /** Told the greatest of a classifier's probabilities: how sure it is. */
  readonly confidence?: { observe(probability: number): void };
}

/**
 * How a model's outputs become the JSON text of a /predict answer. A classifier's class is its INT64 output of one
 * number a row, or the most probable class where it has none; a regressor's prediction is its number, with no
 * probabilities. The text is put together by hand since it is written for every request.
 * The writer throws {ServiceError} 422 when the model's answer is not finite, which JSON cannot say.
 * @throws {ModelPackageError} when the model has no output that is a prediction.
 */
export function predictionWriter(card: ModelCard): (args: PredictionTextArgs) => string {
  const version = JSON.stringify(card.version);
  const tail = (requestIdText: string, drift: boolean) =>
    `,"model_version":${version},"request_id":${requestIdText},"drift_detected":${drift}}`;
  if (card.task === "regression") {
    const value = findOutput(card, 1);
    return ({ outputs, row, requestIdText, driftDetected }) =>
      `{"prediction":${finite(outputs[value]?.data[row])},"probabilities":[]${tail(requestIdText, driftDetected)}`;
  }
  const classes = card.classes.length;
  const probabilities = findOutput(card, classes);
  const label = card.outputs.findIndex(({ datatype, shape }) => datatype === "INT64" && perRow(shape) === 1);
  return ({ outputs, row, requestIdText, driftDetected, confidence }) => {
    const data = outputs[probabilities]?.data ?? [];
    const first = row * classes;
    let best = 0;
    let greatest = -1;
    let list = "";
    for (let index = 0; index < classes; index++) {
      const probability = finite(data[first + index]);
      if (probability > greatest) {
        greatest = probability;
        best = index;
      }
      list += index === 0 ? probability : `,${probability}`;
    }
    confidence?.observe(greatest);
    const prediction = label === -1 ? best : outputs[label]?.data[row];
    return `{"prediction":${prediction},"probabilities":[${list}]${tail(requestIdText, driftDetected)}`;
  };
}

function findOutput(card: ModelCard, width: number): number {
  const index = card.outputs.findIndex(
    ({ datatype, shape }) => (datatype === "FP32" || datatype === "FP64") && perRow(shape) === width,
  );
  if (index !== -1 && width > 0) return index;
  const found = card.outputs.map(({ name, datatype, shape }) => `${name} ${datatype} [${shape}]`).join(", ");
  throw new ModelPackageError(
    `The model ${card.name}/${card.version} gives ${found}. For ${card.task} with ${card.classes.length} classes /predict needs an output FP32 [-1,${Math.max(width, 1)}].`,
  );
}

/** Elements for each row; 0 when the first dimension is not the batch. */
function perRow(shape: readonly number[]): number {
  return shape[0] === -1 ? shape.slice(1).reduce((product, length) => product * length, 1) : 0;
}

function finite(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new ServiceError(
    422,
    "no_finite_answer",
    `The model's answer to these features is ${value}, not a finite number. Check the features' magnitudes.`,
  );
}
