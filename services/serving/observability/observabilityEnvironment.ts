import { z } from "zod";
import { secretVariable } from "../../runtime/environment";
import { parseTraceHeaders } from "../../runtime/tracing";

/** The variables that say what is told of requests. Those of traces have OpenTelemetry's own names. */
export const observabilityEnvironment = {
  AUDIT_LOG: z
    .enum(["off", "on"])
    .default("off")
    .describe("on logs a line for every request: who, route, model, version, rows and status, nothing of the payload"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Base URL of an OpenTelemetry collector that takes OTLP over HTTP; unset: no traces"),
  OTEL_EXPORTER_OTLP_HEADERS: secretVariable(
    z
      .string()
      .refine((text) => parseTraceHeaders(text) !== undefined, "Allowed: NAME=VALUE with a comma between")
      .optional(),
    "Headers of what is sent to the collector",
  ),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe("Share of the requests that are traced, where the caller does not say"),
  OTEL_SERVICE_NAME: z.string().min(1).optional().describe("The service's name in traces; tideline-serving when unset"),
};
