import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { fastifySwagger } from "@fastify/swagger";
import { fastifySwaggerUi } from "@fastify/swagger-ui";
import {
  type FastifyBaseLogger,
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from "fastify";
import { collectDefaultMetrics, type Registry } from "prom-client";
import { z } from "zod";
import { ServiceError } from "./errors";
import { addHttpGate, type HttpGate } from "./httpGate";
import type { TlsMaterial } from "./httpTls";
import type { Logger } from "./logging";
import { OPENMETRICS_TYPE, openMetricsText } from "./openMetrics";

/** A request whose headers and body take longer than this is cut off, so that slow senders cannot hold connections. */
const REQUEST_TIMEOUT_MS = 60_000;

const IDLE_SWEEP_MS = 50;

export interface HttpServerArgs {
  /** Title and description of the OpenAPI document. */
  readonly title: string;
  readonly description: string;
  /** Version shown in the OpenAPI document. @default "0.1.0" */
  readonly version?: string;
  readonly log: Logger;
  /** Metrics answered on GET /metrics; the process's default metrics are added. */
  readonly metrics: Registry;
  /** Metrics of other names, in Prometheus's text form, answered after those. */
  readonly moreMetrics?: () => Promise<string>;
  /** Registries of those, when metrics have exemplars: who asks for OpenMetrics then gets it. */
  readonly exemplars?: (() => readonly Registry[]) | undefined;
  /** Told of every request that fastify sees, before anything else looks at it. */
  readonly watch?: ((request: FastifyRequest, reply: FastifyReply) => void) | undefined;
  /** Resolves to why the service is not ready, or undefined when it is; answers GET /health/ready. */
  readonly notReady: () => string | undefined;
  /** Largest request body in bytes. @default 1 MiB */
  readonly bodyLimitBytes?: number;
  /** Keeps out what a web page could make a browser send. @default everything passes */
  readonly gate?: HttpGate | undefined;
  /** @default HTTP without TLS */
  readonly tls?: TlsMaterial | undefined;
  /** Further fastify options. */
  readonly options?: Omit<FastifyHttpOptions<Server>, "logger" | "loggerInstance" | "bodyLimit">;
}

/**
 * The HTTP server that every service shares: GET /health, /health/live, /health/ready, /metrics,
 * /openapi.json and /docs; errors as {"error": {code, message, details?}}; limits on the body.
 * Register routes on the result, then `listen`.
 */
export async function createHttpServer(args: HttpServerArgs): Promise<FastifyInstance> {
  const {
    title,
    description,
    version = "0.1.0",
    log,
    metrics,
    bodyLimitBytes = 1 << 20,
    gate,
    tls,
    watch,
    options,
  } = args;
  collectDefaultMetrics({ register: metrics });
  const server = fastify({
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
    ...options,
    // An HTTPS server is one of HTTP in all that is used of it here.
    ...(tls === undefined ? {} : ({ https: { ...tls, requestCert: tls.ca !== undefined } } as object)),
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: "idle",
    // A request that comes over an open connection during a drain is answered, with "connection: close".
    return503OnClosing: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    loggerInstance: log as FastifyBaseLogger,
    // One logger for all requests: a child for each costs more than the rest of a small request's handling.
    childLoggerFactory: (logger) => logger,
  });
  if (watch !== undefined) {
    server.addHook("onRequest", (request, reply, done) => {
      watch(request, reply);
      done();
    });
  }
  if (gate !== undefined) addHttpGate(server, gate);
  await server.register(fastifySwagger, { openapi: { openapi: "3.1.0", info: { title, description, version } } });
  await server.register(fastifySwaggerUi, { routePrefix: "/docs" });
  server.setErrorHandler((error, request, reply) => {
    const known = toServiceError(error, bodyLimitBytes);
    if (known.status === 500)
      request.log.error({ err: error, requestId: request.id, url: request.url }, "request failed");
    return reply.code(known.status).headers(errorHeaders(known)).send(known.toBody());
  });
  server.setNotFoundHandler((request, reply) => {
    const error = notFound(server, request.method, request.url);
    const allow = error.details?.allowed;
    if (Array.isArray(allow)) reply.header("allow", allow.join(", "));
    return reply.code(error.status).send(error.toBody());
  });
  closeConnectionsOnDrain(server);
  addOperationalRoutes(server, args);
  return server;
}

/** One method at one exact path, and what answers it. */
export interface DirectRoute {
  readonly method: string;
  readonly path: string;
  readonly answer: BareHandler;
  /** What does not pass it at a glance is left to fastify, which asks it again. */
  readonly gate?: HttpGate | undefined;
}

/**
 * Answers a route on the bare Node objects, before fastify looks at the request. For the one route of a service whose
 * cost per request counts; register it with fastify too, for the document and for other spellings of the path.
 */
export function answerDirectly({ server }: FastifyInstance, { method, path, answer, gate }: DirectRoute): void {
  const others = server.listeners("request") as BareHandler[];
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    const direct = request.url === path && request.method === method && (!gate || gate.passes(request.headers));
    if (direct) answer(request, response);
    else for (const other of others) other.call(server, request, response);
  });
}

export type BareHandler = (request: IncomingMessage, response: ServerResponse) => void;

/** True from the moment that a server stops listening: answers then say "connection: close". */
export function isDraining(server: FastifyInstance): boolean {
  return !server.server.listening;
}

/**
 * Node closes the connections that are idle when a server closes, but keeps one that answers just then open for the
 * whole keep-alive time, which would hold the drain for a minute.
 */
function closeConnectionsOnDrain(server: FastifyInstance): void {
  server.addHook("onSend", (_request, reply, _payload, done) => {
    if (isDraining(server)) reply.header("connection", "close");
    done();
  });
  server.addHook("preClose", (done) => {
    const sweep = setInterval(() => server.server.closeIdleConnections(), IDLE_SWEEP_MS);
    server.server.once("close", () => clearInterval(sweep));
    if (isDraining(server)) clearInterval(sweep);
    done();
  });
}

/** The answer to a body beyond the limit. */
export function bodyTooLarge(limitBytes?: number): ServiceError {
  const allowed = limitBytes === undefined ? "this server takes" : `the ${limitBytes} bytes that this server takes`;
  return new ServiceError(413, "body_too_large", `The request body is larger than ${allowed}.`);
}

/** A zod schema as the JSON Schema that fastify validates, serialises and documents with. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return rest;
}

function addOperationalRoutes(server: FastifyInstance, args: HttpServerArgs): void {
  const { metrics, moreMetrics, exemplars, notReady } = args;
  const readiness = () => {
    const reason = notReady();
    return reason === undefined
      ? { code: 200, body: { status: "ready" } }
      : { code: 503, body: { status: "not_ready", reason } };
  };
  const tags = ["operations"];
  server.get("/health/live", { schema: { tags, summary: "Is the process alive" } }, async () => ({ status: "live" }));
  for (const path of ["/health", "/health/ready"]) {
    server.get(path, { schema: { tags, summary: "Can the service answer requests" } }, async (_, reply) => {
      const { code, body } = readiness();
      return reply.code(code).send(body);
    });
  }
  server.get("/metrics", { schema: { tags, summary: "Prometheus metrics" } }, async (request, reply) => {
    if (exemplars !== undefined && request.headers.accept?.includes("application/openmetrics-text")) {
      reply.header("content-type", OPENMETRICS_TYPE);
      return openMetricsText([metrics, ...exemplars()]);
    }
    reply.header("content-type", metrics.contentType);
    return (await metrics.metrics()) + ((await moreMetrics?.()) ?? "");
  });
  server.get("/openapi.json", { schema: { hide: true } }, async () => server.swagger());
}

/**
 * Headers of an error's answer: 429 and 503 say when to try again, after `details.retry_after_seconds`, else after one
 * second; 401 says how to prove who one is.
 */
export function errorHeaders({ status, details }: ServiceError): Record<string, string> {
  if (status === 401) return { "www-authenticate": "Bearer" };
  return status === 429 || status === 503 ? { "retry-after": String(details?.retry_after_seconds ?? 1) } : {};
}

/** 405 with the allowed methods when the path is a fixed one that exists, else 404. */
function notFound(server: FastifyInstance, method: string, url: string): ServiceError {
  const path = url.replace(/[?#].*$/s, "");
  const allowed = (["GET", "POST", "PUT", "PATCH", "DELETE"] as const).filter((other) =>
    server.hasRoute({ method: other, url: path }),
  );
  return allowed.length === 0
    ? new ServiceError(404, "route_not_found", `There is no ${method} ${path}; see /docs.`)
    : new ServiceError(405, "method_not_allowed", `${path} does not take ${method}. Allowed: ${allowed.join(", ")}.`, {
        allowed,
      });
}

/**
 * Maps what fastify throws for bad requests onto stable codes; anything unknown is a 500 that tells nothing.
 * `bodyLimitBytes` is named in the answer to a body beyond it.
 */
export function toServiceError(error: unknown, bodyLimitBytes?: number): ServiceError {
  if (error instanceof ServiceError) return error;
  const { statusCode, code, message, validation } = error as {
    statusCode?: number;
    code?: string;
    message?: string;
    validation?: unknown;
  };
  if (validation) return new ServiceError(400, "invalid_request", message ?? "The request does not fit the schema.");
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return bodyTooLarge(bodyLimitBytes);
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new ServiceError(415, "unsupported_media_type", "Send the body as content-type application/json.");
  }
  if (code === "FST_ERR_CTP_EMPTY_JSON_BODY")
    return new ServiceError(400, "empty_body", "The request body is empty; JSON is expected.");
  if (error instanceof SyntaxError || (statusCode === 400 && code?.startsWith("FST_ERR_CTP"))) {
    return new ServiceError(400, "invalid_json", `The request body is not valid JSON: ${message}`);
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ServiceError(statusCode, "bad_request", message ?? "The request is not acceptable.");
  }
  return new ServiceError(500, "internal_error", "The service failed to answer this request; its log has the cause.");
}
