import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServiceError } from "../runtime/errors";
import { errorHeaders, toServiceError } from "../runtime/http";
import { EXTENSIONS, SERVER_NAME, SERVER_VERSION } from "./identity";
import { inferSchema, namedPath, statusSchema } from "./inferenceSchema";
import { answerInfer } from "./inferRoute";
import { type ServedModels, statisticsOf } from "./models";
import type { RequestObserver } from "./observability/requestObserver";
import type { RepositoryControl } from "./repositoryControl";
import { addRepositoryRoutes } from "./repositoryRoutes";
import type { ServedModel } from "./servedModel";

export interface InferenceProtocolArgs {
  readonly models: ServedModels;
  readonly control: RepositoryControl;
  readonly bodyLimitBytes: number;
  readonly observer?: RequestObserver | undefined;
}

interface ModelPath {
  readonly model: string;
  readonly version?: string;
}

const NO_CHECK = () => () => true;

/**
 * The REST half of the Open Inference Protocol (kserve/open-inference-protocol, inference_rest.md): health, metadata
 * and inference under /v2. Errors are {"error": text}. The protocol's text gives two bodies for readiness; the status
 * is what counts.
 */
export function addInferenceProtocol(server: FastifyInstance, args: InferenceProtocolArgs): void {
  const routes = async (scope: FastifyInstance) => {
    scope.setNotFoundHandler((request, reply) =>
      reply.code(404).send({ error: `There is no ${request.method} ${request.url}; see /docs.` }),
    );
    scope.setErrorHandler((cause, request, reply) => {
      const error = toServiceError(cause, args.bodyLimitBytes);
      if (error.status === 500) request.log.error({ err: cause, url: request.url }, "request failed");
      return reply.code(error.status).headers(errorHeaders(error)).send({ error: error.message });
    });
    // Bodies are JSON, with or without binary tensors after it, and clients name them in many ways.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
    addServerRoutes(scope, args.models);
    for (const path of ["/models/:model", "/models/:model/versions/:version"]) addModelRoutes(scope, path, args);
    addRepositoryRoutes(scope, args.control);
  };
  void server.register(routes, { prefix: "/v2" });
}

function addServerRoutes(scope: FastifyInstance, models: ServedModels): void {
  scope.get("/", { schema: statusSchema("Server metadata") }, async () => ({
    name: SERVER_NAME,
    version: SERVER_VERSION,
    extensions: EXTENSIONS,
  }));
  scope.get("/health/live", { schema: statusSchema("Is the server alive") }, async () => ({ live: true }));
  scope.get("/models/stats", { schema: statusSchema("Statistics of all models") }, async () => statisticsOf(models));
  // Models are loaded and warm before the server listens, so what answers is ready.
  scope.get("/health/ready", { schema: statusSchema("Are all models ready") }, async () => ({
    ready: true,
    live: true,
  }));
}

/** Turns a request away before its body is read when there is no room for it. */
function refuseWhenCongested(models: ServedModels) {
  return (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) => {
    const { model, version } = request.params as ModelPath;
    let refused: { readonly error: ServiceError; readonly metrics: ServedModel["metrics"] } | undefined;
    for (const { card, batcher, metrics } of models.all()) {
      if (card.name !== model || (version !== undefined && card.version !== version)) continue;
      const error = batcher.congestion;
      if (error === undefined) return done();
      refused = { error, metrics };
    }
    // A model that is not there is the handler's to tell.
    if (refused === undefined) return done();
    refused.metrics.failed(refused.error, performance.now());
    done(refused.error);
  };
}

function addModelRoutes(scope: FastifyInstance, path: string, args: InferenceProtocolArgs): void {
  const { models, bodyLimitBytes, observer } = args;
  scope.get<{ Params: ModelPath }>(path, { schema: namedPath(path, "Model metadata") }, async ({ params }) => {
    const { name, platform, inputs, outputs } = models.find(params.model, params.version).card;
    return { name, versions: models.versions(name), platform, inputs, outputs };
  });
  scope.get<{ Params: ModelPath }>(
    `${path}/ready`,
    { schema: namedPath(path, "Is the model ready") },
    async ({ params }) => ({ name: models.find(params.model, params.version).card.name, ready: true }),
  );
  scope.get<{ Params: ModelPath }>(
    `${path}/stats`,
    { schema: namedPath(path, "Model statistics") },
    async ({ params }) => statisticsOf(models, params.model, params.version),
  );
  scope.post<{ Params: ModelPath }>(
    `${path}/infer`,
    { schema: inferSchema(path), validatorCompiler: NO_CHECK, onRequest: refuseWhenCongested(models) },
    async (request, reply) => {
      const { model, version } = request.params;
      const served = version === undefined ? models.route(request.headers, model) : models.find(model, version);
      return answerInfer(served, request, reply, bodyLimitBytes, observer?.find(request.raw));
    },
  );
}
