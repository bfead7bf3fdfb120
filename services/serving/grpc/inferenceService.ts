import { EXTENSIONS, SERVER_NAME, SERVER_VERSION } from "../identity";
import { countInference } from "../infer";
import type { ServedModels } from "../models";
import type { ModelInferRequest, NamedModel } from "./messages";
import { answerModelInfer } from "./modelInfer";
import type { GrpcHandler } from "./server";

/** What answers each call of the Open Inference Protocol's gRPC half; an empty version means the newest. */
export function inferenceHandlers(models: ServedModels): Readonly<Record<string, GrpcHandler>> {
  const find = ({ name, version }: NamedModel) => models.find(name, version === "" ? undefined : version);
  return {
    ServerLive: () => ({ live: true }),
    // Models are loaded and warm before the port is open.
    ServerReady: () => ({ ready: true }),
    ModelReady: (request: NamedModel) => ({ ready: find(request) !== undefined }),
    ServerMetadata: () => ({ name: SERVER_NAME, version: SERVER_VERSION, extensions: EXTENSIONS }),
    ModelMetadata: (request: NamedModel) => {
      const { name, platform, inputs, outputs } = find(request).card;
      return { name, versions: models.versions(name), platform, inputs, outputs };
    },
    ModelInfer: (request: ModelInferRequest) => {
      const model = find({ name: request.model_name, version: request.model_version });
      return countInference(model, () => answerModelInfer(model, request));
    },
  };
}
