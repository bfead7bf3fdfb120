import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import { jsonSchema } from "../../runtime/http";
import { driftReport } from "../reportSchema";
import { parseReferenceId, parseRequest } from "../requests";
import { answers, errors, idParameters, type Route } from "../routes";
import { reportPage } from "./page";
import type { HistoryPoint, ReportStore, StoredReport } from "./reportStore";

const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50).describe("Most reports in the answer, newest first"),
  monitor: z.string().optional().describe("Only reports of this monitor"),
});
const formatQuery = z.strictObject({
  format: z.enum(["json", "html"]).optional().describe("By default HTML for browsers and JSON for all others"),
});
const entry = z.object({
  id: z.string(),
  created_at: z.string(),
  drift_score: z.number(),
  drift_detected: z.boolean(),
});
const listed = entry.extend({ monitor_id: z.string().nullable(), reference_id: z.string().nullable() });
const distribution = z.object({
  name: z.string(),
  kind: z.enum(["numeric", "categorical"]),
  bars: z.array(z.union([z.string(), z.number()])).describe("Names of categories, or ends of ranges"),
  reference: z.array(z.number()).describe("Share of the reference in each bar"),
  current: z.array(z.number()).describe("Share of the window in each bar"),
});
const stored = z.object({
  id: z.string(),
  monitor_id: z.string().nullable(),
  created_at: z.string().describe("ISO 8601"),
  report: driftReport,
  distributions: z.array(distribution).describe("Worst column first, at most 60"),
  history: z.array(entry).describe("Drift over time: the same reference and monitor up to this report"),
});

/** The routes of kept reports. */
export function reportRoutes(store: ReportStore): Route[] {
  const tags = ["reports"];
  return [
    {
      method: "GET",
      url: "/reports",
      schema: {
        tags,
        summary: "List reports, newest first",
        querystring: jsonSchema(listQuery),
        response: { ...answers(z.object({ reports: z.array(listed) }), 200), ...errors(400, 503) },
      },
      handler: async ({ query }) => {
        const { limit, monitor } = parseRequest(listQuery, query, "query");
        const found = await store.list(limit, monitor);
        const reports = found.map((one) => ({
          ...entryOf(one),
          monitor_id: one.monitorId,
          reference_id: one.referenceId,
        }));
        return { status: 200, body: { reports } };
      },
    },
    {
      method: "GET",
      url: "/reports/:id",
      schema: {
        tags,
        summary: "A report, as JSON or as one HTML page",
        description: "The page needs nothing else: styles and drawings are in it, and it runs no script.",
        params: idParameters,
        querystring: jsonSchema(formatQuery),
        response: {
          200: {
            description: "The report",
            content: {
              "application/json": { schema: jsonSchema(stored) },
              "text/html": { schema: { type: "string" } },
            },
          },
          ...errors(400, 404, 503),
        },
      },
      handler: async ({ params, query, headers }) => {
        const { format } = parseRequest(formatQuery, query, "query");
        const report = await found(store, params.id);
        const history = await store.history(report.id);
        const asked = String(headers.accept ?? "");
        const html = format === undefined ? asked.includes("text/html") : format === "html";
        if (html) return { status: 200, body: reportPage(report, history), type: "text/html; charset=utf-8" };
        return { status: 200, body: jsonOf(report, history) };
      },
    },
    {
      method: "DELETE",
      url: "/reports/:id",
      schema: {
        tags,
        summary: "Delete a report",
        params: idParameters,
        response: { 204: { description: "Deleted", type: "null" }, ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => {
        if (!(await store.delete(parseReferenceId(params.id)))) throw notFound(params.id);
        return { status: 204 };
      },
    },
  ];
}

async function found(store: ReportStore, id: string): Promise<StoredReport> {
  const report = await store.get(parseReferenceId(id));
  if (!report) throw notFound(id);
  return report;
}

function jsonOf(
  { id, monitorId, createdAt, report, distributions }: StoredReport,
  history: readonly HistoryPoint[],
): z.infer<typeof stored> {
  return {
    id,
    monitor_id: monitorId,
    created_at: createdAt.toISOString(),
    report,
    distributions: distributions.map((one) => ({
      ...one,
      bars: [...one.bars],
      reference: [...one.reference],
      current: [...one.current],
    })),
    history: history.map(entryOf),
  };
}

function entryOf({ id, createdAt, score, detected }: HistoryPoint): z.infer<typeof entry> {
  return { id, created_at: createdAt.toISOString(), drift_score: score, drift_detected: detected };
}

function notFound(id: string): ServiceError {
  return new ServiceError(
    404,
    "report_not_found",
    `There is no report "${id}". Monitors make them, and POST /detect-drift with report: true.`,
  );
}
