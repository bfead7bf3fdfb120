import type { FastifyInstance, FastifyReply } from "fastify";
import { ServiceError } from "../runtime/errors";
import { retryHeaders, toServiceError } from "../runtime/http";
import { inferSchema, namedPath, statusSchema } from "./inferenceSchema";
import { readInferRequest } from "./inferRequest";
import { inferText } from "./inferText";
import type { ServedModel } from "./servedModel";
import { servingService } from "./service";
import { toPredictionError } from "./servingMetrics";
import { type Tensor, takeRows } from "./tensor";

export interface InferenceProtocolArgs {
  readonly model: ServedModel;
  /** Version of the server, shown at GET /v2. */
  readonly serverVersion: string;
  readonly bodyLimitBytes: number;
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
      return reply.code(error.status).headers(retryHeaders(error)).send({ error: error.message });
    });
    addServerRoutes(scope, args.serverVersion);
    for (const path of ["/models/:model", "/models/:model/versions/:version"]) {
      addModelRoutes(scope, path, args.model);
    }
  };
  void server.register(routes, { prefix: "/v2" });
}

function addServerRoutes(scope: FastifyInstance, version: string): void {
  scope.get("/", { schema: statusSchema("Server metadata") }, async () => ({
    name: `tideline-${servingService.name}`,
    version,
    extensions: [],
  }));
  scope.get("/health/live", { schema: statusSchema("Is the server alive") }, async () => ({ live: true }));
  // The model is loaded and warm before the server listens, so what answers is ready.
  scope.get("/health/ready", { schema: statusSchema("Are all models ready") }, async () => ({
    ready: true,
    live: true,
  }));
}

function addModelRoutes(scope: FastifyInstance, path: string, model: ServedModel): void {
  const { card } = model;
  scope.get<{ Params: ModelPath }>(path, { schema: namedPath(path, "Model metadata") }, async ({ params }) => {
    checkPath(params, model);
    const { name, version, platform, inputs, outputs } = card;
    return { name, versions: [version], platform, inputs, outputs };
  });
  scope.get<{ Params: ModelPath }>(
    `${path}/ready`,
    { schema: namedPath(path, "Is the model ready") },
    async ({ params }) => {
      checkPath(params, model);
      return { name: card.name, ready: true };
    },
  );
  scope.post<{ Params: ModelPath }>(
    `${path}/infer`,
    { schema: inferSchema(path, card), validatorCompiler: NO_CHECK },
    async ({ params, body }, reply) => {
      const startedAt = performance.now();
      try {
        checkPath(params, model);
        const text = await infer(model, body);
        model.metrics.succeeded(startedAt);
        return sendText(reply, text);
      } catch (cause) {
        const error = toPredictionError(cause);
        if (error !== cause) model.log.error({ err: cause }, "inference failed");
        model.metrics.failed(error);
        throw error;
      }
    },
  );
}

function checkPath({ model: name, version }: ModelPath, { card }: ServedModel): void {
  if (name !== card.name) {
    throw new ServiceError(404, "model_not_found", `There is no model "${name}" here. Served: ${card.name}.`);
  }
  if (version !== undefined && version !== card.version) {
    throw new ServiceError(
      404,
      "version_not_found",
      `There is no version "${version}" of the model ${name} here. Served: ${card.version}.`,
    );
  }
}

async function infer({ card, batcher, drift }: ServedModel, body: unknown): Promise<string> {
  const [input] = card.inputs;
  if (input === undefined) throw new Error("A served model has an input.");
  const { id, rows, values, outputs } = readInferRequest(body, {
    input,
    outputNames: card.outputs.map(({ name }) => name),
  });
  const answer = await new Promise<Tensor[]>((resolve, fail) => {
    batcher.submit({
      rows,
      values,
      succeed: (all, firstRow) => resolve(all.map((tensor) => takeRows(tensor, firstRow, rows))),
      fail,
    });
  });
  const wanted = outputs?.flatMap((name) => answer.filter((tensor) => tensor.name === name)) ?? answer;
  const text = inferText({ card, id, outputs: wanted });
  drift?.offer(values, rows);
  return text;
}

function sendText(reply: FastifyReply, text: string): FastifyReply {
  return reply
    .header("content-type", "application/json")
    .serializer((payload: string) => payload)
    .send(text);
}
