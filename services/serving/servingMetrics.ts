import { Counter, Gauge, type Registry } from "prom-client";
import { Distribution } from "../runtime/distribution";
import { ServiceError } from "../runtime/errors";
import type { ModelCard } from "../runtime/modelPackage";

import { type BatchRecord, ModelStatistics } from "./modelStatistics";
import { addTritonMetrics } from "./tritonMetrics";

/** How a request ended: answered, refused for what it says, turned away for load, or failed for the model's fault. */
type Status = "success" | "rejected" | "overloaded" | "failed";

const LATENCY_BUCKETS = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const CONFIDENCE_BUCKETS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** The counts of one model version. They are plain numbers, handed to Prometheus when it asks. */
export class ServingMetrics {
  /** What the statistics extension tells. */
  readonly statistics = new ModelStatistics();
  /** Greatest probability of each of a classifier's answers to /predict. */
  readonly confidence: Distribution;
  private readonly batchRows: Distribution;
  private readonly latency: Distribution;
  private readonly statuses: Record<Status, number> = { success: 0, rejected: 0, overloaded: 0, failed: 0 };
  private readonly errors = new Map<string, number>();

  constructor(
    registry: Registry,
    { name: model, version }: Pick<ModelCard, "name" | "version">,
    queuedRows: () => number,
  ) {
    const labels = { model, version };
    const registers = [registry];
    const { statuses, errors } = this;
    this.latency = new Distribution({
      name: "prediction_latency_seconds",
      help: "Time from a request's arrival to its answer, for requests that were answered with a prediction",
      buckets: LATENCY_BUCKETS,
      labels,
      registry,
    });
    this.confidence = new Distribution({
      name: "prediction_confidence",
      help: "Greatest probability of each answer of a classifier to /predict",
      buckets: CONFIDENCE_BUCKETS,
      labels,
      registry,
    });
    this.batchRows = new Distribution({
      name: "inference_batch_rows",
      help: "Rows of the batches that the model ran",
      buckets: BATCH_BUCKETS,
      labels,
      registry,
    });
    new Counter({
      name: "model_predictions_total",
      help: "Prediction requests by how they ended",
      labelNames: ["model", "version", "status"],
      registers,
      collect() {
        this.reset();
        for (const [status, count] of Object.entries(statuses)) this.inc({ ...labels, status }, count);
      },
    });
    new Counter({
      name: "model_errors_total",
      help: "Prediction requests that got no prediction, by the code of the error",
      labelNames: ["model", "version", "code"],
      registers,
      collect() {
        this.reset();
        for (const [code, count] of errors) this.inc({ ...labels, code }, count);
      },
    });
    addTritonMetrics(registry, labels, this.statistics);
    new Gauge({
      name: "inference_queue_rows",
      help: "Rows that wait for their batch",
      labelNames: ["model", "version"],
      registers,
      collect() {
        this.set(labels, queuedRows());
      },
    });
  }

  /** `startedAt` is performance.now() at the request's arrival; `traceId` names its trace when it has one. */
  succeeded(startedAt: number, traceId?: string): void {
    const milliseconds = performance.now() - startedAt;
    this.statuses.success++;
    this.latency.observe(milliseconds / 1000, traceId);
    this.statistics.succeeded(milliseconds);
  }

  batch(record: BatchRecord): void {
    this.batchRows.observe(record.rows);
    this.statistics.batch(record);
  }

  failed({ status, code }: Pick<ServiceError, "status" | "code">, startedAt: number): void {
    this.statistics.failed(performance.now() - startedAt);
    if (status === 503 || status === 429) this.statuses.overloaded++;
    else if (status < 500) this.statuses.rejected++;
    else this.statuses.failed++;
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
  }
}

/** What a caller is told of anything that went wrong with its prediction. */
export function toPredictionError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  return new ServiceError(500, "inference_failed", "The model failed on this batch; the service's log has the cause.");
}
