import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import { jsonSchema } from "../../runtime/http";
import { parseReferenceId, parseRequest } from "../requests";
import { answers, errors, idParameters, type Route } from "../routes";
import { type ColumnComparison, compareColumn, type ReportedScore } from "../sketches/compareColumn";
import { SketchMismatchError } from "../sketches/sketchErrors";
import type { ColumnSummary } from "../summary";
import type { StreamSettings } from "./streamSettings";
import { WHOLE } from "./windowedStream";
import type { StoredWindow, WindowStore } from "./windowStore";

const count = z.int().nonnegative();
const score = z.object({
  value: z.number(),
  low: z.number().describe("The exact score is surely not below"),
  high: z.number().describe("nor above"),
  error: z.number().describe("Greatest distance of the exact score from the value; 0 where nothing was lost"),
});
const column = z.object({
  test: z.enum(["kolmogorov_smirnov", "chi_square", "wasserstein_normed", "jensen_shannon_nats"]),
  statistic: score,
  p_value: score.optional(),
  threshold: z.number(),
  drifted: z.boolean(),
  certain: z.boolean().describe("Whether the exact score would surely give the same verdict"),
  psi: score,
  reference_rows: count,
  current_rows: count,
});
const windowSchema = z.object({
  start: z.int().describe("Milliseconds since 1970; for count windows events before it in each partition"),
  end: z.int(),
  segment: z.string().describe("Empty for all events"),
  closed: z.boolean().describe("Whether no partition that has it takes more events into it"),
  rows: count,
  verdict: z.enum(["drift", "no_drift", "not_enough_data"]),
  drift_score: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe("Share of the tested columns that drifted; absent when none was tested"),
  features_affected: z.array(z.string()),
  columns: z.record(z.string(), column),
  not_tested: z.record(z.string(), z.string()).describe("Columns without a verdict, with the reason"),
});
const streamSchema = z.object({
  name: z.string(),
  topic: z.string(),
  reference_id: z.string(),
  partitions: z.array(
    z.object({
      partition: count,
      next_offset: count.describe("First message that is not stored yet"),
      watermark: z.int().nullable().describe("Windows that end before it are closed"),
      events: count,
      late: count.describe("Events for which every window was closed"),
      late_entries: count.describe("Pairs of an event and a window that was closed to it"),
      malformed: count,
      ahead: count.describe("Events too far in the future"),
      lost: count.describe("Messages that the broker deleted before they were read"),
    }),
  ),
});
const windowsQuery = z.strictObject({
  segment: z.string().default(WHOLE).describe("Unset for all events"),
  from: z.coerce.number().int().default(0).describe("Least start of a window"),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  minimum_rows: z.coerce.number().int().min(2).max(1_000_000).default(30),
  drift_share: z.coerce.number().gt(0).max(1).default(0.5),
});

/** What the routes of streams need. */
export interface StreamRouteArgs {
  readonly streams: readonly StreamSettings[];
  readonly store: WindowStore;
  readonly reference: (id: string) => Promise<ReadonlyMap<string, ColumnSummary> | undefined>;
}

/** GET /streams, /streams/{id} and /streams/{id}/windows. */
export function streamRoutes({ streams, store, reference }: StreamRouteArgs): Route[] {
  const tags = ["streams"];
  const describeStream = async ({ name, topic, reference_id }: StreamSettings) => {
    const partitions = (await store.progress(name)).filter((partition) => partition.topic === topic);
    return { name, topic, reference_id, partitions: partitions.map(partitionBody) };
  };
  const find = (id: string) => {
    const found = streams.find(({ name }) => name === parseReferenceId(id));
    if (found) return found;
    throw new ServiceError(404, "stream_not_found", `There is no stream "${id}". The variable STREAMS names them.`);
  };
  return [
    {
      method: "GET",
      url: "/streams",
      schema: {
        tags,
        summary: "List the streams that are read from Kafka",
        response: { ...answers(z.object({ streams: z.array(streamSchema) }), 200), ...errors(503) },
      },
      handler: async () => ({ status: 200, body: { streams: await Promise.all(streams.map(describeStream)) } }),
    },
    {
      method: "GET",
      url: "/streams/:id",
      schema: {
        tags,
        summary: "Describe a stream: how far each partition is stored, and what was counted on the way",
        params: idParameters,
        response: { ...answers(streamSchema, 200), ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => ({ status: 200, body: await describeStream(find(params.id)) }),
    },
    {
      method: "GET",
      url: "/streams/:id/windows",
      schema: {
        tags,
        summary: "Compare a stream's windows with its reference, all partitions together",
        params: idParameters,
        querystring: jsonSchema(windowsQuery),
        response: { ...answers(z.object({ windows: z.array(windowSchema) }), 200), ...errors(400, 404, 503) },
      },
      handler: async ({ params, query }) => {
        const { name, reference_id } = find(params.id);
        const rules = parseRequest(windowsQuery, query, "query");
        const columns = await reference(reference_id);
        if (!columns) {
          throw new ServiceError(404, "reference_not_found", `There is no reference "${reference_id}" yet.`);
        }
        const windows = await store.windows(name, rules.segment, rules.from, rules.limit);
        return { status: 200, body: { windows: windows.map((window) => judge(window, columns, rules)) } };
      },
    },
  ];
}

function judge(
  { start, end, segment, closed, rows, sketch }: StoredWindow,
  reference: ReadonlyMap<string, ColumnSummary>,
  { minimum_rows, drift_share }: z.infer<typeof windowsQuery>,
): z.infer<typeof windowSchema> {
  const columns: Record<string, z.infer<typeof column>> = {};
  const untested: Record<string, string> = {};
  for (const [name, current] of sketch.columns) {
    const before = reference.get(name);
    if (!before) untested[name] = "the reference no longer has it";
    else if (Math.min(before.count, current.count) < minimum_rows) {
      untested[name] =
        `${before.count} values in the reference and ${current.count} in the window; at least ${minimum_rows} are needed in both`;
    } else {
      const found = attempt(() => compareColumn(before, current));
      if (typeof found === "string") untested[name] = found;
      else columns[name] = columnBody(found);
    }
  }
  const tested = Object.entries(columns);
  const affected = tested.filter(([, { drifted }]) => drifted).map(([name]) => name);
  const share = affected.length / tested.length;
  const drift = share >= drift_share ? "drift" : "no_drift";
  return {
    ...{ start, end, segment, closed, rows },
    ...(tested.length === 0 ? { verdict: "not_enough_data" } : { verdict: drift, drift_score: share }),
    features_affected: affected,
    columns,
    not_tested: untested,
  };
}

/** The reason when the reference is another than the one that the window was counted for. */
function attempt(work: () => ColumnComparison): ColumnComparison | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof SketchMismatchError) return error.message;
    throw error;
  }
}

function columnBody(found: ColumnComparison): z.infer<typeof column> {
  const { test, threshold, drifted, certain, referenceRows, currentRows, pValue } = found;
  return {
    ...{ test, threshold, drifted, certain },
    statistic: finite(found.statistic),
    ...(pValue ? { p_value: finite(pValue) } : {}),
    psi: finite(found.psi),
    reference_rows: referenceRows,
    current_rows: currentRows,
  };
}

/** JSON has no infinity: the largest double stands for it. */
function finite({ value, low, high, error }: ReportedScore): ReportedScore {
  const cap = (number: number) => Math.min(number, Number.MAX_VALUE);
  return { value: cap(value), low: cap(low), high: cap(high), error: cap(error) };
}

function partitionBody(progress: Awaited<ReturnType<WindowStore["progress"]>>[number]) {
  const { partition, nextOffset, watermark, events, late, lateEntries, malformed, ahead, lost } = progress;
  return {
    partition,
    next_offset: nextOffset,
    watermark,
    events,
    late,
    late_entries: lateEntries,
    malformed,
    ahead,
    lost,
  };
}
