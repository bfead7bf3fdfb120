import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ServiceError } from "../runtime/errors";
import { answerDirectly, type BareHandler, errorHeaders, isDraining } from "../runtime/http";
import type { HttpGate } from "../runtime/httpGate";
import type { Access, Caller } from "./access";
import type { Job } from "./batcher";
import type { InputRows } from "./joinRows";
import type { RoutingHeaders, ServedModels } from "./models";
import { noteModel, type RequestObserver, type RequestRecord } from "./observability/requestObserver";
import type { Predictor } from "./predictor";
import type { PredictRequest } from "./predictRequest";
import { predictSchema } from "./predictSchema";
import { readJsonText } from "./rawBody";
import type { ServedModel } from "./servedModel";
import { toPredictionError } from "./servingMetrics";
import type { Tensor } from "./tensor";

const NO_CHECK = () => () => true;
/** Fastify wants a handler; the hook before it never hands a request on. */
const NEVER_REACHED = () => {};

export interface PredictRouteArgs {
  readonly models: ServedModels;
  readonly access: Access;
  readonly bodyLimitBytes: number;
  readonly gate?: HttpGate | undefined;
  readonly observer?: RequestObserver | undefined;
}

/**
 * POST /predict, answered on the bare Node objects because this route is the one whose cost per request decides how
 * many machines a user pays for. Fastify documents it, and routes other spellings of the path to the same handler
 * before it would parse the body.
 */
export function addPredictRoute(server: FastifyInstance, args: PredictRouteArgs): void {
  const answer = predictHandler(args, () => isDraining(server));
  const onRequest = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    answer(request.raw, reply.raw);
  };
  const schema = predictSchema(args.models.main().card);
  server.post("/predict", { schema, validatorCompiler: NO_CHECK, onRequest }, NEVER_REACHED);
  answerDirectly(server, { method: "POST", path: "/predict", answer, gate: args.gate });
}

interface Arrival {
  readonly response: ServerResponse;
  /** performance.now() when the request came. */
  readonly startedAt: number;
  /** Undefined when nobody follows requests. */
  readonly record: RequestRecord | undefined;
}

function predictHandler(args: PredictRouteArgs, draining: () => boolean): BareHandler {
  const { models, access, bodyLimitBytes, observer } = args;
  class Prediction implements Job {
    readonly rows = 1;
    readonly inputs: readonly [InputRows];
    readonly queuedAt = performance.now();
    constructor(
      private readonly model: ServedModel,
      private readonly predictor: Predictor,
      private readonly request: PredictRequest,
      private readonly arrival: Arrival,
    ) {
      this.inputs = [{ shape: predictor.shape, data: request.features }];
    }
    get abandoned(): boolean {
      return this.arrival.response.destroyed;
    }
    succeed(outputs: readonly Tensor[], row: number): void {
      const { drift, metrics, predictionLog, shadow } = this.model;
      const { response, startedAt, record } = this.arrival;
      const { features, requestIdText } = this.request;
      const driftDetected = drift?.detected ?? false;
      const text = this.predictor.write({ outputs, row, requestIdText, driftDetected, confidence: metrics.confidence });
      if (draining()) response.shouldKeepAlive = false;
      send(response, 200, text);
      metrics.succeeded(startedAt, record?.traceId);
      drift?.offer(features, 1);
      shadow?.offer(this.inputs, 1, outputs, row);
      if (predictionLog !== undefined) {
        const requestId: string = JSON.parse(requestIdText);
        predictionLog.offer({ features, rows: 1, outputs, firstRow: row, requestId });
      }
    }
    fail(error: unknown): void {
      refuse(this.model, this.arrival, error);
    }
  }

  function refuse(model: ServedModel, { response, startedAt }: Arrival, cause: unknown, close = false): void {
    const error = toPredictionError(cause);
    if (error !== cause) model.log.error({ err: cause }, "prediction failed");
    model.metrics.failed(error, startedAt);
    sendError(response, error, close || draining());
  }

  return (request, response) => {
    const record = observer?.watch("/predict", request, response);
    const arrival = { response, startedAt: performance.now(), record };
    readJsonText(request, bodyLimitBytes, (error, text, closeConnection) => {
      const model = routeOf(models, request.headers);
      if (model instanceof ServiceError) return sendError(response, error ?? model, closeConnection || draining());
      noteModel(record, model, 1);
      const { predictor } = model;
      if (error !== undefined) return refuse(model, arrival, error, closeConnection);
      const goOn = (caller: Caller) => {
        if (record !== undefined) record.caller = caller;
        if (predictor instanceof ServiceError) throw predictor;
        model.batcher.submit(new Prediction(model, predictor, predictor.parse(text), arrival));
      };
      try {
        const admitted = access.admit("predict", request.headers);
        if (!(admitted instanceof Promise)) return goOn(admitted);
        admitted.then(goOn).catch((cause: unknown) => refuse(model, arrival, cause));
      } catch (cause) {
        refuse(model, arrival, cause);
      }
    });
  };
}

function routeOf(models: ServedModels, headers: RoutingHeaders): ServedModel | ServiceError {
  try {
    return models.route(headers);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
}

function sendError(response: ServerResponse, error: ServiceError, closeConnection: boolean): void {
  for (const [name, value] of Object.entries(errorHeaders(error))) response.setHeader(name, value);
  if (closeConnection) response.shouldKeepAlive = false;
  send(response, error.status, JSON.stringify(error.toBody()));
}

function send(response: ServerResponse, status: number, text: string): void {
  // A caller that hung up while its batch ran has nothing to be told.
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, ["content-type", "application/json", "content-length", String(Buffer.byteLength(text))]);
  response.end(text);
}
