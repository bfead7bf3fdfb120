import { z } from "zod";
import { jsonSchema } from "../../runtime/http";
import type { DriftMetrics } from "../driftMetrics";
import { parseRequest } from "../requests";
import { answers, errors, type Route } from "../routes";
import { performanceReport } from "./performance";
import { performanceBody } from "./request";

const interval = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
  sampling_error: z.number().optional().describe("Only of estimates"),
});
const figures = {
  rows: z.int(),
  accuracy: interval,
  f1: interval,
  auc: interval.optional().describe("Absent where only one class occurred"),
  positives: z.int().optional(),
  brier: interval.optional(),
  calibration_error: z.number().optional(),
  calibration_p_value: z.number().optional(),
};
const report = z.object({
  mode: z.enum(["measured", "estimated"]),
  windows: z.array(z.object({ window: z.string(), degraded: z.boolean().optional(), ...figures })),
  reference: z.object(figures).optional(),
  degraded: z.array(z.string()).describe("Windows whose accuracy fell below the reference's"),
  confidence_shift: z
    .object({
      window: z.string(),
      previous_window: z.string(),
      rows: z.int(),
      previous_rows: z.int(),
      mean: z.number(),
      previous_mean: z.number(),
      difference: z.number(),
      low: z.number(),
      high: z.number(),
      p_value: z.number(),
      shifted: z.boolean(),
    })
    .optional()
    .describe("How sure the model is in the last window beside the one before"),
  notes: z.array(z.string()).describe("What the figures rest on"),
});

/** POST /performance; `told` learns the last window's accuracy of a model that the caller named. */
export function performanceRoute(told: Pick<DriftMetrics, "measured">): Route {
  return {
    method: "POST",
    url: "/performance",
    schema: {
      tags: ["performance"],
      summary: "Measure a binary classifier over windows, or estimate it where the truth is not known",
      description:
        "With labels: accuracy, F1, AUC and calibration with 95% intervals. Without: NannyML's confidence-based estimates (CBPE) with their sampling error and what they assume.",
      body: jsonSchema(performanceBody),
      response: { ...answers(report, 200), ...errors(400, 413) },
    },
    handler: async ({ body }) => {
      const request = parseRequest(performanceBody, body, "body");
      const report = await performanceReport(request);
      const last = report.windows.at(-1);
      if (request.model !== undefined && last) told.measured(request.model, report.mode, last.accuracy.value);
      return { status: 200, body: report };
    },
  };
}
