import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isDatabaseUnavailable } from "../runtime/database";
import { ServiceError } from "../runtime/errors";
import { jsonSchema } from "../runtime/http";
import { REFERENCE_ID } from "./requests";

/** What a handler sees of a request. */
export interface RouteRequest {
  readonly params: { readonly id: string };
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** What a handler answers; a text goes as it is, under its own type. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
}

/** One route with its documentation. */
export interface Route {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly url: string;
  readonly schema: Record<string, unknown>;
  readonly handler: (request: RouteRequest) => Promise<Answer>;
}

/** Adds routes to a server; a database that cannot be reached is answered 503. */
export function addRoutes(server: FastifyInstance, routes: readonly Route[]): void {
  for (const { method, url, schema, handler } of routes) {
    server.route<{ Params: { id: string } }>({
      method,
      url,
      schema,
      // The schemas only document: our own checks name the value that is wrong, and the answers are written as they are.
      validatorCompiler: () => (value: unknown) => ({ value }),
      serializerCompiler: () => JSON.stringify,
      handler: async (request, reply) => {
        const { status, body, type } = await handler(request).catch((error: unknown) => {
          throw isDatabaseUnavailable(error) ? databaseUnavailable() : error;
        });
        if (type !== undefined) reply.type(type);
        return reply.code(status).send(body);
      },
    });
  }
}

/** Path parameter `id` of every resource, for documents. */
export const idParameters = jsonSchema(z.object({ id: z.string().regex(REFERENCE_ID) }));

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
});

/** Documents answers of one schema. */
export function answers(schema: z.ZodType, ...statuses: number[]) {
  return Object.fromEntries(statuses.map((status) => [status, jsonSchema(schema)]));
}

const ERROR_MEANINGS: Readonly<Record<number, string>> = {
  400: "The request is wrong; the code says how",
  404: "There is nothing of this id",
  409: "Other content is stored under this id, or it is in use",
  413: "body_too_large",
  422: "not_enough_data: no column has enough values for a verdict",
  503: "database_unavailable: try again later",
};

/** Documents error answers. */
export function errors(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [status, { description: ERROR_MEANINGS[status], ...jsonSchema(errorSchema) }]),
  );
}

function databaseUnavailable(): ServiceError {
  return new ServiceError(503, "database_unavailable", "The metadata database cannot be reached now. Try again later.");
}
