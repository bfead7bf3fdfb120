import { z } from "zod";
import { ServiceError } from "../../runtime/errors";
import { jsonSchema } from "../../runtime/http";
import { parseReferenceId, parseRequest } from "../requests";
import { answers, errors, idParameters, type Route } from "../routes";
import { DETECTOR_KINDS } from "../statistics/detectorSnapshot";
import { StatisticsError } from "../statistics/statisticsError";
import type { DetectorStore } from "./detectorStore";

const VALUES = 100_000;

const putBody = z.strictObject({
  kind: z
    .enum(DETECTOR_KINDS)
    .describe("adwin, page_hinkley and kswin watch numbers; the others 0 for a right and 1 for a wrong prediction"),
});
const valuesBody = z.strictObject({
  values: z.array(z.number()).min(1).max(VALUES).describe("The stream's next values, in order"),
});
const streamSchema = z.object({
  id: z.string(),
  kind: z.enum(DETECTOR_KINDS),
  seen: z.int().describe("Values so far"),
  status: z.enum(["stable", "warning", "drift"]),
  detections: z.array(z.int()).describe("Zero-based places of the latest drifts, at most 100"),
});
const fedSchema = streamSchema.extend({ found: z.array(z.int()).describe("Places among the values just sent") });

/** The routes of streams watched for concept drift one value at a time. */
export function detectorRoutes(store: DetectorStore): Route[] {
  return [putRoute(store), valuesRoute(store), ...plainRoutes(store)];
}

const tags = ["detectors"];

function putRoute(store: DetectorStore): Route {
  return {
    method: "PUT",
    url: "/detectors/:id",
    schema: {
      tags,
      summary: "Watch a stream",
      description: "River's detectors at its defaults. The same kind under the same id is no change.",
      params: idParameters,
      body: jsonSchema(putBody),
      response: { ...answers(streamSchema, 201, 200), ...errors(400, 409, 503) },
    },
    handler: async ({ params, body }) => {
      const id = parseReferenceId(params.id);
      const { kind } = parseRequest(putBody, body, "body");
      const made = await store.create(id, kind);
      if (made) return { status: made.created ? 201 : 200, body: made.stream };
      throw new ServiceError(
        409,
        "detector_exists",
        `The stream "${id}" is watched by another kind of detector. Use another id, or DELETE it first.`,
      );
    },
  };
}

function valuesRoute(store: DetectorStore): Route {
  return {
    method: "POST",
    url: "/detectors/:id/values",
    schema: {
      tags,
      summary: "Feed a stream's next values",
      description: "All are taken or none; the state is stored with them, so any replica goes on.",
      params: idParameters,
      body: jsonSchema(valuesBody),
      response: { ...answers(fedSchema, 200), ...errors(400, 404, 413, 503) },
    },
    handler: async ({ params, body }) => {
      const id = parseReferenceId(params.id);
      const { values } = parseRequest(valuesBody, body, "body");
      const fed = await store.feed(id, values).catch(refusal);
      if (!fed) throw notFound(id);
      return { status: 200, body: { ...fed.stream, found: fed.found } };
    },
  };
}

function plainRoutes(store: DetectorStore): Route[] {
  return [
    {
      method: "GET",
      url: "/detectors/:id",
      schema: {
        tags,
        summary: "Where a stream stands",
        params: idParameters,
        response: { ...answers(streamSchema, 200), ...errors(400, 404, 503) },
      },
      handler: async ({ params }) => {
        const id = parseReferenceId(params.id);
        const stream = await store.get(id);
        if (!stream) throw notFound(id);
        return { status: 200, body: stream };
      },
    },
    {
      method: "DELETE",
      url: "/detectors/:id",
      schema: {
        tags,
        summary: "Stop watching a stream",
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

function refusal(error: unknown): never {
  if (!(error instanceof StatisticsError)) throw error;
  throw new ServiceError(400, "invalid_value", `No value was taken: ${error.message}.`);
}

function notFound(id: string): ServiceError {
  return new ServiceError(
    404,
    "detector_not_found",
    `There is no watched stream "${id}". PUT /detectors/${id} makes one.`,
  );
}
