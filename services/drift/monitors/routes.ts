import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import { jsonSchema } from "../../runtime/http";
import type { DriftMonitor } from "../monitor";
import { listQuery, parseReferenceId, parseRequest } from "../requests";
import { answers, errors, idParameters, type Route } from "../routes";
import { encodeBatch } from "./batchCodec";
import type { MonitorRecord, MonitorStore } from "./monitorStore";
import { monitorDataBody, putMonitorBody } from "./request";
import type { Scheduler } from "./scheduler";

const monitorSchema = z.object({
  id: z.string(),
  reference_id: z.string(),
  every_seconds: z.int(),
  rules: z.record(z.string(), z.unknown()).describe("As they were put, with defaults"),
  next_run_at: z.string(),
  last_run_at: z.string().nullable(),
  last_outcome: z.enum(["drift", "no_drift", "no_data", "not_enough_data", "failed"]).nullable(),
  last_message: z.string().nullable().describe("Why the last run gave no verdict"),
  last_report_id: z.string().nullable(),
  waiting_rows: z.int().describe("Rows for the next run"),
});
const runSchema = z.object({ outcome: z.string(), message: z.string().nullable(), report_id: z.string().nullable() });

export interface MonitorRoutesArgs {
  readonly store: MonitorStore;
  readonly drift: DriftMonitor;
  readonly scheduler: Scheduler;
  /** Seconds between runs of a monitor that does not say. */
  readonly intervalSeconds: number;
}

/** The routes of monitors. */
export function monitorRoutes(args: MonitorRoutesArgs): Route[] {
  return [putRoute(args), ...readRoutes(args), dataRoute(args), runRoute(args)];
}

const tags = ["monitors"];

function putRoute({ store, drift, intervalSeconds }: MonitorRoutesArgs): Route {
  return {
    method: "PUT",
    url: "/monitors/:id",
    schema: {
      tags,
      summary: "Compare what comes with a reference, on a schedule",
      description:
        "Collects the windows that are sent to POST /detect-drift for its reference and to POST /monitors/{id}/data, and compares them all together at each run. Replicas share the runs; each is done once.",
      params: idParameters,
      body: jsonSchema(putMonitorBody),
      response: { ...answers(monitorSchema, 201, 200), ...errors(400, 404, 503) },
    },
    handler: async ({ params, body }) => {
      const id = parseReferenceId(params.id);
      const { reference_id, every_seconds = intervalSeconds, ...rules } = parseRequest(putMonitorBody, body, "body");
      await drift.checkRules(parseReferenceId(reference_id), rules);
      const created = await store.put(id, reference_id, every_seconds, rules);
      return { status: created ? 201 : 200, body: bodyOf(await existing(store, id)) };
    },
  };
}

function readRoutes({ store }: MonitorRoutesArgs): Route[] {
  return [
    {
      method: "GET",
      url: "/monitors",
      schema: {
        tags,
        summary: "List monitors in order of id",
        querystring: jsonSchema(listQuery),
        response: { ...answers(z.object({ monitors: z.array(monitorSchema) }), 200), ...errors(400, 503) },
      },
      handler: async ({ query }) => {
        const { limit, after } = parseRequest(listQuery, query, "query");
        return { status: 200, body: { monitors: (await store.list(limit, after)).map(bodyOf) } };
      },
    },
    {
      method: "GET",
      url: "/monitors/:id",
      schema: {
        tags,
        summary: "A monitor and how its last run went",
        params: idParameters,
        response: { ...answers(monitorSchema, 200), ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => ({
        status: 200,
        body: bodyOf(await existing(store, parseReferenceId(params.id))),
      }),
    },
    {
      method: "DELETE",
      url: "/monitors/:id",
      schema: {
        tags,
        summary: "Delete a monitor and what waits for it; its reports stay",
        params: idParameters,
        response: { 204: { description: "Deleted", type: "null" }, ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => {
        const id = parseReferenceId(params.id);
        if (!(await store.delete(id))) throw notFound(id);
        return { status: 204 };
      },
    },
  ];
}

function dataRoute({ store, drift }: MonitorRoutesArgs): Route {
  return {
    method: "POST",
    url: "/monitors/:id/data",
    schema: {
      tags,
      summary: "Give a monitor rows for its next run",
      params: idParameters,
      body: jsonSchema(monitorDataBody),
      response: { ...answers(monitorSchema, 202), ...errors(400, 404, 409, 413, 503) },
    },
    handler: async ({ params, body }) => {
      const monitor = await existing(store, parseReferenceId(params.id));
      const data = parseRequest(monitorDataBody, body, "body");
      const { columns, rows } = await drift.checkWindow(monitor.referenceId, data, monitor.rules.schema);
      if (!(await store.addBatch(monitor.id, rows, encodeBatch(columns)))) {
        throw new ServiceError(
          409,
          "monitor_full",
          `The monitor "${monitor.id}" holds ${monitor.waitingRows} rows, and ${rows} more would exceed its maximum_rows of ${monitor.rules.maximum_rows}. Run it (POST /monitors/${monitor.id}/run), or raise the limit.`,
        );
      }
      return { status: 202, body: bodyOf(await existing(store, monitor.id)) };
    },
  };
}

function runRoute({ store, scheduler }: MonitorRoutesArgs): Route {
  return {
    method: "POST",
    url: "/monitors/:id/run",
    schema: {
      tags,
      summary: "Run a monitor now",
      params: idParameters,
      response: { ...answers(runSchema, 200), ...errors(400, 404, 409, 503) },
    },
    handler: async ({ params }) => {
      const { id } = await existing(store, parseReferenceId(params.id));
      const result = await scheduler.runNow(id);
      if (!result) {
        throw new ServiceError(
          409,
          "monitor_busy",
          `The monitor "${id}" is being run now. Read its last report later.`,
        );
      }
      return {
        status: 200,
        body: { outcome: result.outcome, message: result.message, report_id: result.reportId },
      };
    },
  };
}

async function existing(store: MonitorStore, id: string): Promise<MonitorRecord> {
  const monitor = await store.get(id);
  if (!monitor) throw notFound(id);
  return monitor;
}

function bodyOf(monitor: MonitorRecord): z.infer<typeof monitorSchema> {
  return {
    id: monitor.id,
    reference_id: monitor.referenceId,
    every_seconds: monitor.everySeconds,
    rules: monitor.rules,
    next_run_at: monitor.nextRunAt.toISOString(),
    last_run_at: monitor.lastRunAt?.toISOString() ?? null,
    last_outcome: monitor.lastOutcome,
    last_message: monitor.lastMessage,
    last_report_id: monitor.lastReportId,
    waiting_rows: monitor.waitingRows,
  };
}

function notFound(id: string): ServiceError {
  return new ServiceError(404, "monitor_not_found", `There is no monitor "${id}". PUT /monitors/${id} makes one.`);
}
