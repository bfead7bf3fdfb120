import { z } from "zod";
import { defineService } from "../runtime/descriptor";
import { commonEnvironment, portVariable, secretVariable } from "../runtime/environment";
import { streamList } from "./streams/streamSettings";

/** The drift monitor: keeps summaries of references and says whether later data still looks like them. */
export const driftService = defineService({
  name: "drift",
  kind: "service",
  summary: "Detects data drift: stores reference summaries and tests windows of later data against them.",
  ports: { http: { default: 8081, protocol: "http", variable: "PORT" } },
  environment: z.object({
    ...commonEnvironment,
    PORT: portVariable(8081),
    DATABASE_URL: secretVariable(
      z.url({ protocol: /^postgres(ql)?$/ }),
      "Metadata store, postgres://user@host:port/database",
    ),
    BODY_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(2 ** 30)
      .default(2 ** 26)
      .describe("Largest request body"),
    REFERENCE_CACHE_BYTES: z.coerce
      .number()
      .int()
      .min(0)
      .default(2 ** 28)
      .describe("Memory for decoded references; the least recently used leave first"),
    DATABASE_WAIT_SECONDS: z.coerce
      .number()
      .min(0)
      .max(3600)
      .default(30)
      .describe("How long a start waits for a database that does not answer yet"),
    MONITOR_INTERVAL_SECONDS: z.coerce
      .number()
      .int()
      .min(10)
      .default(6 * 3600)
      .describe("Time between runs of a monitor that does not say its own; 14400 in production"),
    MONITOR_POLL_SECONDS: z.coerce
      .number()
      .min(0.05)
      .max(3600)
      .default(5)
      .describe("How often this replica looks for monitors that are due"),
    RETRAIN_SCORE: z.coerce
      .number()
      .min(0)
      .max(1)
      .default(0.8)
      .describe("Drift score above which a monitor's run asks for retraining; 0.7 in production"),
    RETRAIN_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Receives retrain events by POST; unset: none are sent"),
    ALERTMANAGER_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Alertmanager's base address; unset: no alerts are sent"),
    FILES_URL: z
      .string()
      .min(1)
      .optional()
      .describe("Object store of table files that references are read from: file:, s3:, gs: or azblob: URL"),
    KAFKA_BROKERS: z
      .string()
      .transform((list) => list.split(",").map((broker) => broker.trim()))
      .optional()
      .describe("host:port of brokers, with commas between; needed when STREAMS names any"),
    STREAMS: streamList
      .optional()
      .describe(
        'Kafka topics to watch, a JSON list of {name, topic, reference_id, window, ...} with windows such as {"kind": "tumbling", "sizeMs": 60000}',
      ),
  }),
  probes: { live: "/health/live", ready: "/health/ready" },
  metrics: {
    path: "/metrics",
    names: [
      "drift_score",
      "drift_detected",
      "feature_drift_score",
      "drift_comparisons_total",
      "drift_comparison_seconds",
      "drift_rows_total",
      "drift_monitor_runs_total",
      "drift_retrain_events_total",
      "drift_reference_cache_bytes",
      "model_accuracy",
    ],
  },
  stores: ["metadata"],
  resources: { requests: { cpu: "250m", memory: "512Mi" }, limits: { memory: "2Gi" } },
  scaling: [{ metric: "cpuPercent", target: 70 }],
  drainSeconds: 30,
});
