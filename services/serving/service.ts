import { z } from "zod";
import { defineService } from "../runtime/descriptor";
import { commonEnvironment, portVariable } from "../runtime/environment";
import { parsePublicKey } from "../runtime/modelSignature";
import { EXECUTION_PROVIDERS } from "./executionProviders";
import { observabilityEnvironment } from "./observability/observabilityEnvironment";
import { predictionLogEnvironment } from "./predictionLog/predictionLogEnvironment";
import { securityEnvironment } from "./security/securityEnvironment";
import { parseModelList } from "./versionPolicy";

/** The model server: answers predictions over HTTP from a model of the object store. */
export const servingService = defineService({
  name: "serving",
  kind: "service",
  summary:
    "Serves an ONNX model: POST /predict and the Open Inference Protocol over REST and gRPC, with batching and drift sampling.",
  ports: {
    http: { default: 8080, protocol: "http", variable: "PORT" },
    grpc: { default: 8090, protocol: "grpc", variable: "GRPC_PORT" },
  },
  environment: z.object({
    ...commonEnvironment,
    PORT: portVariable(8080),
    GRPC_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("Port of the Open Inference Protocol over gRPC; 0 picks a free one, unset serves none"),
    OBJECT_STORE_URL: z.string().min(1).describe("Model store: file:, s3:, gs: or azblob: URL"),
    MODEL_NAME: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]*$/, "Allowed: lower-case letters, digits, dot, dash and underscore")
      .default("breast-cancer")
      .describe("Model to serve"),
    MODEL_VERSION: z
      .string()
      .regex(
        /^(latest|[1-9][0-9]*|(?!latest|all$)[A-Za-z][A-Za-z0-9_-]{0,63})$/,
        'Allowed: "latest", a positive whole number, or an alias such as Production',
      )
      .default("latest")
      .describe(
        "Version to serve: a number; latest, the newest at the time of the start; or an alias of the store's MODEL/aliases.json, Production falling back to Staging",
      ),
    MODEL_POLL_SECONDS: z.coerce
      .number()
      .refine((seconds) => seconds === 0 || (seconds >= 0.05 && seconds <= 86_400), "Allowed: 0, or 0.05 to 86400")
      .default(10)
      .describe("Time between two looks at the aliases of the models that are served by one; 0 never looks again"),
    MODEL_PUBLIC_KEY: z
      .string()
      .refine((text) => parsePublicKey(text) !== undefined, "Allowed: base64 of an Ed25519 public key in DER form")
      .optional()
      .describe("Key whose signature every model must have before it is loaded; unset asks for none"),
    MODELS: z
      .string()
      .refine(
        (text) => parseModelList(text) !== undefined,
        "Allowed: NAME or NAME:POLICY with a comma between; POLICY is latest, latest-N, all, versions with + between, or an alias",
      )
      .optional()
      .describe("Further models to serve with the Open Inference Protocol, such as fraud:latest-2,ranker:1+3"),
    MODEL_CONTROL: z
      .enum(["none", "explicit"])
      .default("none")
      .describe("explicit lets callers load and unload models and change traffic rules; none refuses it"),
    TRAFFIC_INTERVAL_SECONDS: z.coerce
      .number()
      .min(0.05)
      .max(3600)
      .default(1)
      .describe("Time between two judgements of the rollouts under way"),
    ...securityEnvironment,
    ...observabilityEnvironment,
    ...predictionLogEnvironment,
    WORKERS: z.coerce
      .number()
      .int()
      .min(0)
      .max(256)
      .default(1)
      .describe("Processes that serve behind the port, each with the models in its memory; 0 means one for each core"),
    EXECUTION: z
      .enum(["auto", "inline", "thread"])
      .default("auto")
      .describe("Where models run: inline with the requests, on a thread each, or auto: a thread for the slow ones"),
    EXECUTION_PROVIDER: z
      .enum(EXECUTION_PROVIDERS)
      .default("cpu")
      .describe("What ONNX Runtime computes with; others than cpu need its libraries for them on the machine"),
    MAX_BATCH_SIZE: z.coerce
      .number()
      .int()
      .min(1)
      .max(65_536)
      .default(64)
      .describe("Most rows that are merged into one batch"),
    MAX_BATCH_DELAY_MS: z.coerce
      .number()
      .min(0)
      .max(10_000)
      .default(0)
      .describe("How long a batch that is not full waits for more; 0 takes what has arrived together"),
    MAX_QUEUE_SIZE: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(8192)
      .describe("Most rows that wait for their batch; beyond it requests are answered 503 at once"),
    REQUEST_TIMEOUT_MS: z.coerce
      .number()
      .positive()
      .max(3_600_000)
      .optional()
      .describe(
        "Longest wait for a batch; a request that waited longer is answered 504 and not run. Unset sets no limit",
      ),
    BODY_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(2 ** 30)
      .default(2 ** 20)
      .describe("Largest request body"),
    RESPONSE_CACHE_BYTES: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 32)
      .default(0)
      .describe("Memory of each model version for answers of the Open Inference Protocol that are kept; 0 keeps none"),
    DRIFT_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Base URL of the drift service; unset samples nothing"),
    DRIFT_SAMPLE_RATE: z.coerce
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe("Share of the predicted rows that may be sampled"),
    DRIFT_WINDOW_ROWS: z.coerce
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(200)
      .describe("Rows in one comparison with the reference"),
    DRIFT_INTERVAL_SECONDS: z.coerce
      .number()
      .min(0.05)
      .max(86_400)
      .default(5)
      .describe("Least time between two comparisons"),
  }),
  probes: { live: "/health/live", ready: "/health/ready" },
  metrics: {
    path: "/metrics",
    names: [
      "model_predictions_total",
      "model_errors_total",
      "prediction_latency_seconds",
      "prediction_confidence",
      "prediction_log_rows_total",
      "nv_inference_request_success",
      "nv_inference_request_failure",
      "nv_inference_count",
      "nv_inference_exec_count",
      "nv_inference_request_duration_us",
      "nv_inference_queue_duration_us",
      "nv_inference_compute_input_duration_us",
      "nv_inference_compute_infer_duration_us",
      "nv_inference_compute_output_duration_us",
      "inference_batch_rows",
      "inference_queue_rows",
      "traffic_requests_total",
      "traffic_shadow_rows_total",
      "traffic_weight_percent",
      "traffic_changes_total",
      "downstream_failures_total",
      "downstream_circuit_open",
      "drift_rows_total",
      "drift_reports_total",
      "drift_score",
      "drift_detected",
      "feature_drift_score",
    ],
  },
  stores: ["objects"],
  resources: { requests: { cpu: "1", memory: "256Mi" }, limits: { memory: "1Gi" } },
  scaling: [
    { metric: "cpuPercent", target: 70 },
    { metric: "memoryPercent", target: 80 },
    { metric: "requestsPerSecond", target: 100 },
    { metric: "latencyP95Seconds", target: 0.5 },
    { metric: "driftScore", target: 0.5 },
  ],
  drainSeconds: 20,
});
