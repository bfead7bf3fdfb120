import { ServiceError } from "../runtime/errors";
import { type ModelCard, ModelPackageError } from "../runtime/modelPackage";
import { type PredictionTextArgs, predictionWriter } from "./predictionText";
import { type PredictRequest, predictParser } from "./predictRequest";

/** How /predict reads and answers for one model. */
export interface Predictor {
  readonly parse: (text: string) => PredictRequest;
  readonly write: (args: PredictionTextArgs) => string;
  /** Of the model's only input for one row. */
  readonly shape: readonly number[];
}

/** True when the model takes one row of FP32 numbers, one for each feature: what /predict and drift detection know. */
export function isTabular({ inputs, features }: Pick<ModelCard, "inputs" | "features">): boolean {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0 || input.datatype !== "FP32") return false;
  return input.shape.length === 2 && input.shape[0] === -1 && input.shape[1] === features.length;
}

/** The predictor of a model, or for one that /predict cannot answer, the error that says why. */
export function createPredictor(card: ModelCard): Predictor | ServiceError {
  const elsewhere = `Send POST /v2/models/${card.name}/infer instead.`;
  if (!isTabular(card)) {
    const inputs = card.inputs.map(({ name, datatype, shape }) => `${name} ${datatype} [${shape}]`).join(", ");
    const width = card.features.length;
    return new ServiceError(
      404,
      "model_not_tabular",
      `The model ${card.name} takes ${inputs}. /predict answers models with one input, FP32 [-1,${width}] for ${width} features. ${elsewhere}`,
    );
  }
  try {
    const { features } = card;
    return { parse: predictParser(features), write: predictionWriter(card), shape: [1, features.length] };
  } catch (error) {
    if (!(error instanceof ModelPackageError)) throw error;
    return new ServiceError(404, "model_not_tabular", `${error.message} ${elsewhere}`);
  }
}
