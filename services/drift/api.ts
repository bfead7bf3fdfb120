import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { isDatabaseUnavailable } from "../runtime/database";
import { ServiceError } from "../runtime/errors";
import { jsonSchema } from "../runtime/http";
import type { DriftMonitor } from "./monitor";
import type { ReferenceInfo } from "./referenceStore";
import { driftReport } from "./reportSchema";
import {
  detectBody,
  listQuery,
  parseReferenceId,
  parseRequest,
  putReferenceBody,
  putReferenceQuery,
  REFERENCE_ID,
} from "./requests";

const referenceSchema = z.object({
  id: z.string(),
  rows: z.int().nonnegative(),
  columns: z.array(z.object({ name: z.string(), kind: z.enum(["numeric", "categorical"]) })),
  content_hash: z.string().describe("SHA-256; the same for the same content, whatever the order of rows and columns"),
  created_at: z.string().describe("ISO 8601"),
  updated_at: z.string().describe("ISO 8601"),
});
const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
});
const parameters = jsonSchema(z.object({ id: z.string().regex(REFERENCE_ID) }));

interface Route {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  readonly url: string;
  readonly schema: Record<string, unknown>;
  readonly handler: (request: { params: { id: string }; query: unknown; body: unknown }) => Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** Adds the drift service's routes: /references, /references/{id} and /detect-drift. */
export function addDriftRoutes(server: FastifyInstance, monitor: DriftMonitor): void {
  for (const { method, url, schema, handler } of [...referenceRoutes(monitor), detectRoute(monitor)]) {
    server.route<{ Params: { id: string } }>({
      method,
      url,
      schema,
      // The schemas only document: our own checks name the value that is wrong, and the answers are written as they are.
      validatorCompiler: () => (value: unknown) => ({ value }),
      serializerCompiler: () => JSON.stringify,
      handler: async (request, reply) => {
        const { status, body } = await handler(request).catch((error: unknown) => {
          throw isDatabaseUnavailable(error) ? databaseUnavailable() : error;
        });
        return reply.code(status).send(body);
      },
    });
  }
}

function referenceRoutes(monitor: DriftMonitor): Route[] {
  const tags = ["references"];
  return [
    {
      method: "PUT",
      url: "/references/:id",
      schema: {
        tags,
        summary: "Store a reference",
        description:
          "Summarises the columns once; comparing never reads them again. The same content under the same id is no change.",
        params: parameters,
        querystring: jsonSchema(putReferenceQuery),
        body: jsonSchema(putReferenceBody),
        response: { ...answers(referenceSchema, 201, 200), ...errors(400, 409, 413, 503) },
      },
      handler: async ({ params, query, body }) => {
        const id = parseReferenceId(params.id);
        const { replace } = parseRequest(putReferenceQuery, query, "query");
        const { columns, kinds } = parseRequest(putReferenceBody, body, "body");
        const { outcome, info } = await monitor.putReference(id, columns, kinds, replace === "true");
        return { status: outcome === "created" ? 201 : 200, body: referenceBody(info) };
      },
    },
    {
      method: "GET",
      url: "/references",
      schema: {
        tags,
        summary: "List references in order of id",
        querystring: jsonSchema(listQuery),
        response: { ...answers(z.object({ references: z.array(referenceSchema) }), 200), ...errors(400, 503) },
      },
      handler: async ({ query }) => {
        const { limit, after } = parseRequest(listQuery, query, "query");
        const found = await monitor.listReferences(limit, after);
        return { status: 200, body: { references: found.map(referenceBody) } };
      },
    },
    {
      method: "GET",
      url: "/references/:id",
      schema: {
        tags,
        summary: "Describe a reference",
        params: parameters,
        response: { ...answers(referenceSchema, 200), ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => ({
        status: 200,
        body: referenceBody(await monitor.getReference(parseReferenceId(params.id))),
      }),
    },
    {
      method: "DELETE",
      url: "/references/:id",
      schema: {
        tags,
        summary: "Delete a reference",
        params: parameters,
        response: { 204: { description: "Deleted", type: "null" }, ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => {
        await monitor.deleteReference(parseReferenceId(params.id));
        return { status: 204 };
      },
    },
  ];
}

function detectRoute(monitor: DriftMonitor): Route {
  return {
    method: "POST",
    url: "/detect-drift",
    schema: {
      tags: ["drift"],
      summary: "Compare a window of data with a reference, stored or sent along",
      description:
        "Each column gets one test: the one asked for, else the preset's. Too little data is the error not_enough_data, never the verdict of no drift.",
      body: jsonSchema(detectBody),
      response: { ...answers(driftReport, 200), ...errors(400, 404, 413, 422, 503) },
    },
    handler: async ({ body }) => {
      const request = parseRequest(detectBody, body, "body");
      if (request.reference_id !== undefined) parseReferenceId(request.reference_id);
      return {
        status: 200,
        body: await monitor.detect(request),
      };
    },
  };
}

function referenceBody({
  id,
  rows,
  columns,
  contentHash,
  createdAt,
  updatedAt,
}: ReferenceInfo): z.infer<typeof referenceSchema> {
  return {
    id,
    rows,
    columns: [...columns],
    content_hash: contentHash,
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}

function answers(schema: z.ZodType, ...statuses: number[]) {
  return Object.fromEntries(statuses.map((status) => [status, jsonSchema(schema)]));
}

const ERROR_MEANINGS: Readonly<Record<number, string>> = {
  400: "The request is wrong; the code says how",
  404: "reference_not_found",
  409: "reference_exists: other content is stored under this id",
  413: "body_too_large",
  422: "not_enough_data: no column has enough values for a verdict",
  503: "database_unavailable: try again later",
};

function errors(...statuses: number[]) {
  return Object.fromEntries(
    statuses.map((status) => [status, { description: ERROR_MEANINGS[status], ...jsonSchema(errorSchema) }]),
  );
}

function databaseUnavailable(): ServiceError {
  return new ServiceError(503, "database_unavailable", "The metadata database cannot be reached now. Try again later.");
}
