import { z } from "zod";
import { columnsOf, comparisonRules, rowsOf } from "../requests";

const rules = {
  ...comparisonRules,
  collect: z
    .boolean()
    .default(true)
    .describe("Also take in every window that is sent to POST /detect-drift for the same reference"),
  maximum_rows: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(100_000)
    .describe("Rows kept for a run; what would exceed them is refused, or left out when collected"),
  alert: z.boolean().default(true).describe("Tell Alertmanager when drift is found and when it is over"),
};
const rulesSchema = z.object(rules);
/** How a monitor judges and what it does then. */
export type MonitorRules = z.output<typeof rulesSchema>;

/** Body of PUT /monitors/{id}. */
export const putMonitorBody = z.strictObject({
  reference_id: z.string(),
  every_seconds: z
    .int()
    .min(10)
    .max(31 * 86_400)
    .optional()
    .describe("Time between runs; the service's MONITOR_INTERVAL_SECONDS by default"),
  ...rules,
});

/** Body of POST /monitors/{id}/data. */
export const monitorDataBody = z.strictObject({ columns: columnsOf.optional(), rows: rowsOf.optional() });
