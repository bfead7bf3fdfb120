import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ServiceError } from "../runtime/errors";
import { answerDirectly, type BareHandler, isDraining, retryHeaders } from "../runtime/http";
import type { Job } from "./batcher";
import { predictionWriter } from "./predictionText";
import { type PredictRequest, predictParser } from "./predictRequest";
import { predictSchema } from "./predictSchema";
import { readJsonText } from "./rawBody";
import type { ServedModel } from "./servedModel";
import { toPredictionError } from "./servingMetrics";
import type { Tensor } from "./tensor";

const NO_CHECK = () => () => true;
/** Fastify wants a handler; the hook before it never hands a request on. */
const NEVER_REACHED = () => {};

/**
 * POST /predict, answered on the bare Node objects because this route is the one whose cost per request decides how
 * many machines a user pays for. Fastify documents it, and routes other spellings of the path to the same handler
 * before it would parse the body.
 */
export function addPredictRoute(server: FastifyInstance, model: ServedModel, bodyLimitBytes: number): void {
  const answer = predictHandler(model, bodyLimitBytes, () => isDraining(server));
  const onRequest = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    answer(request.raw, reply.raw);
  };
  const schema = predictSchema(model.card);
  server.post("/predict", { schema, validatorCompiler: NO_CHECK, onRequest }, NEVER_REACHED);
  answerDirectly(server, "POST", "/predict", answer);
}

function predictHandler(model: ServedModel, bodyLimitBytes: number, draining: () => boolean): BareHandler {
  const parse = predictParser(model.card.features);
  const write = predictionWriter(model.card);
  const { batcher, metrics, drift, log } = model;

  class Prediction implements Job {
    readonly rows = 1;
    readonly values: readonly number[];
    constructor(
      private readonly request: PredictRequest,
      private readonly response: ServerResponse,
      private readonly startedAt: number,
    ) {
      this.values = request.features;
    }
    succeed(outputs: readonly Tensor[], row: number): void {
      const { requestIdText } = this.request;
      const text = write({ outputs, row, requestIdText, driftDetected: drift?.detected ?? false });
      if (draining()) this.response.shouldKeepAlive = false;
      send(this.response, 200, text);
      metrics.succeeded(this.startedAt);
      drift?.offer(this.values, 1);
    }
    fail(error: unknown): void {
      refuse(this.response, error);
    }
  }

  function refuse(response: ServerResponse, cause: unknown, closeConnection = false): void {
    const error = toPredictionError(cause);
    if (error !== cause) log.error({ err: cause }, "prediction failed");
    metrics.failed(error);
    sendError(response, error, closeConnection || draining());
  }

  return (request, response) => {
    const startedAt = performance.now();
    readJsonText(request, bodyLimitBytes, (error, text, closeConnection) => {
      if (error !== undefined) return refuse(response, error, closeConnection);
      try {
        batcher.submit(new Prediction(parse(text), response, startedAt));
      } catch (cause) {
        refuse(response, cause);
      }
    });
  };
}

function sendError(response: ServerResponse, error: ServiceError, closeConnection: boolean): void {
  for (const [name, value] of Object.entries(retryHeaders(error))) response.setHeader(name, value);
  if (closeConnection) response.shouldKeepAlive = false;
  send(response, error.status, JSON.stringify(error.toBody()));
}

function send(response: ServerResponse, status: number, text: string): void {
  // A caller that hung up while its batch ran has nothing to be told.
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, ["content-type", "application/json", "content-length", String(Buffer.byteLength(text))]);
  response.end(text);
}
