import { EXTENSIONS, SERVER_NAME, SERVER_VERSION } from "../identity";
import { countInference } from "../infer";
import { type ServedModels, statisticsOf } from "../models";
import { noteModel } from "../observability/requestObserver";
import type { RepositoryControl } from "../repositoryControl";
import type { ModelInferRequest, NamedModel, RepositoryModelRequest } from "./messages";
import { answerModelInfer } from "./modelInfer";
import type { GrpcHandler } from "./server";

/** What answers each call of the Open Inference Protocol's gRPC half; an empty version means the newest. */
export function inferenceHandlers(
  models: ServedModels,
  control: RepositoryControl,
): Readonly<Record<string, GrpcHandler>> {
  const find = ({ name, version }: NamedModel) => models.find(name, version === "" ? undefined : version);
  return {
    ServerLive: () => ({ live: true }),
    // Models are loaded and warm before the port is open.
    ServerReady: () => ({ ready: true }),
    // A model that is not there is not ready; clients expect an answer, not an error.
    ModelReady: ({ name, version }: NamedModel) => {
      const versions = models.versions(name);
      return { ready: version === "" ? versions.length > 0 : versions.includes(version) };
    },
    ServerMetadata: () => ({ name: SERVER_NAME, version: SERVER_VERSION, extensions: EXTENSIONS }),
    ModelMetadata: (request: NamedModel) => {
      const { name, platform, inputs, outputs } = find(request).card;
      return { name, versions: models.versions(name), platform, inputs, outputs };
    },
    ModelInfer: (request: ModelInferRequest, signal, { headers, record }) => {
      const { model_name: name, model_version: version } = request;
      const model = version === "" ? models.route(headers, name) : models.find(name, version);
      noteModel(record, model);
      return countInference(model, () => answerModelInfer(model, request, signal, record), record);
    },
    ModelStatistics: ({ name, version }: NamedModel) => statisticsOf(models, name || undefined, version || undefined),
    RepositoryIndex: async ({ ready }: { readonly ready: boolean }) => ({ models: await control.index(ready) }),
    RepositoryModelLoad: async ({ model_name: name, parameters }: RepositoryModelRequest) => {
      await control.load(name, parameters.config?.string_param);
      return {};
    },
    RepositoryModelUnload: async ({ model_name: name }: RepositoryModelRequest) => {
      await control.unload(name);
      return {};
    },
  };
}
