import type { Server } from "node:http";
import { fastifySwagger } from "@fastify/swagger";
import { fastifySwaggerUi } from "@fastify/swagger-ui";
import { type FastifyBaseLogger, type FastifyHttpOptions, type FastifyInstance, fastify } from "fastify";
import { collectDefaultMetrics, type Registry } from "prom-client";
import { z } from "zod";
import { ServiceError } from "./errors";
import type { Logger } from "./logging";

export interface HttpServerArgs {
  /** Title and description of the OpenAPI document. */
  readonly title: string;
  readonly description: string;
  /** Version shown in the OpenAPI document. @default "0.1.0" */
  readonly version?: string;
  readonly log: Logger;
  /** Metrics answered on GET /metrics; the process's default metrics are added. */
  readonly metrics: Registry;
  /** Resolves to why the service is not ready, or undefined when it is; answers GET /health/ready. */
  readonly notReady: () => string | undefined;
  /** Largest request body in bytes. @default 1 MiB */
  readonly bodyLimitBytes?: number;
  /** Further fastify options. */
  readonly options?: Omit<FastifyHttpOptions<Server>, "logger" | "loggerInstance" | "bodyLimit">;
}

/**
 * The HTTP server that every service shares: GET /health, /health/live, /health/ready, /metrics,
 * /openapi.json and /docs; errors as {"error": {code, message, details?}}; limits on the body.
 * Register routes on the result, then `listen`.
 */
export async function createHttpServer(args: HttpServerArgs): Promise<FastifyInstance> {
  const { title, description, version = "0.1.0", log, metrics, notReady, bodyLimitBytes = 1 << 20, options } = args;
  collectDefaultMetrics({ register: metrics });
  const server = fastify({
    disableRequestLogging: true,
    routerOptions: { ignoreTrailingSlash: true },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allErrors: false } },
    ...options,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: "idle",
    loggerInstance: log as FastifyBaseLogger,
  });
  await server.register(fastifySwagger, { openapi: { openapi: "3.1.0", info: { title, description, version } } });
  await server.register(fastifySwaggerUi, { routePrefix: "/docs" });
  server.setErrorHandler((error, request, reply) => {
    const known = toServiceError(error);
    if (known.status >= 500) request.log.error({ err: error, url: request.url }, "request failed");
    return reply.code(known.status).send(known.toBody());
  });
  server.setNotFoundHandler((request, reply) => {
    const error = new ServiceError(404, "route_not_found", `There is no ${request.method} ${request.url}; see /docs.`);
    return reply.code(404).send(error.toBody());
  });
  addOperationalRoutes(server, metrics, notReady);
  return server;
}

/** A zod schema as the JSON Schema that fastify validates, serialises and documents with. */
export function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: "draft-7", io: "input" });
  return rest;
}

function addOperationalRoutes(server: FastifyInstance, metrics: Registry, notReady: () => string | undefined): void {
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
  server.get("/metrics", { schema: { tags, summary: "Prometheus metrics" } }, async (_, reply) => {
    reply.header("content-type", metrics.contentType);
    return metrics.metrics();
  });
  server.get("/openapi.json", { schema: { hide: true } }, async () => server.swagger());
}

/** Maps what fastify throws for bad requests onto stable codes; anything unknown is a 500 that tells nothing. */
export function toServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  const { statusCode, code, message, validation } = error as {
    statusCode?: number;
    code?: string;
    message?: string;
    validation?: unknown;
  };
  if (validation) return new ServiceError(400, "invalid_request", message ?? "The request does not fit the schema.");
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE")
    return new ServiceError(413, "body_too_large", "The request body is too large.");
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
