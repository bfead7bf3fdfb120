import { z } from "zod";
import { jsonSchema } from "../runtime/http";
import type { Comparison, DriftMonitor } from "./monitor";
import type { ReferenceInfo } from "./referenceStore";
import { driftReport } from "./reportSchema";
import type { ReportStore } from "./reports/reportStore";
import {
  type DetectBody,
  detectBody,
  listQuery,
  parseReferenceId,
  parseRequest,
  putReferenceBody,
  putReferenceQuery,
} from "./requests";
import { answers, errors, idParameters, type Route } from "./routes";

const referenceSchema = z.object({
  id: z.string(),
  rows: z.int().nonnegative(),
  columns: z.array(z.object({ name: z.string(), kind: z.enum(["numeric", "categorical"]) })),
  content_hash: z.string().describe("SHA-256; the same for the same content, whatever the order of rows and columns"),
  created_at: z.string().describe("ISO 8601"),
  updated_at: z.string().describe("ISO 8601"),
});

/** The routes of references. */
export function referenceRoutes(monitor: DriftMonitor): Route[] {
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
        params: idParameters,
        querystring: jsonSchema(putReferenceQuery),
        body: jsonSchema(putReferenceBody),
        response: { ...answers(referenceSchema, 201, 200), ...errors(400, 409, 413, 503) },
      },
      handler: async ({ params, query, body }) => {
        const id = parseReferenceId(params.id);
        const { replace } = parseRequest(putReferenceQuery, query, "query");
        const content = parseRequest(putReferenceBody, body, "body");
        const { outcome, info } = await monitor.putReference(id, content, replace === "true");
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
        params: idParameters,
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
        params: idParameters,
        response: { 204: { description: "Deleted", type: "null" }, ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => {
        await monitor.deleteReference(parseReferenceId(params.id));
        return { status: 204 };
      },
    },
  ];
}

/** Hands a compared window on to the monitors that collect them. */
export type Collect = (request: DetectBody, comparison: Comparison) => Promise<void>;

/** POST /detect-drift. */
export function detectRoute(monitor: DriftMonitor, reports: ReportStore, collect: Collect): Route {
  return {
    method: "POST",
    url: "/detect-drift",
    schema: {
      tags: ["drift"],
      summary: "Compare a window of data with a reference, stored or sent along",
      description:
        "Each column gets one test: the one asked for, else the preset's. Too little data is the error not_enough_data, never the verdict of no drift.",
      body: jsonSchema(detectBody),
      response: {
        ...answers(driftReport.extend({ report_id: z.string().optional().describe("When it was kept") }), 200),
        ...errors(400, 404, 413, 422, 503),
      },
    },
    handler: async ({ body }) => {
      const { report: keep, ...request } = parseRequest(detectBody, body, "body");
      if (request.reference_id !== undefined) parseReferenceId(request.reference_id);
      const comparison = await monitor.compare(request);
      await collect(request, comparison);
      const kept = keep ? { report_id: await reports.save(comparison) } : {};
      return { status: 200, body: { ...comparison.report, ...kept } };
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
