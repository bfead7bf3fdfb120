import { Counter, type Registry } from "prom-client";
import type { ModelStatistics, StatisticsReport } from "./modelStatistics";

type Read = (report: StatisticsReport) => number;
const microseconds = (ns: number) => Math.floor(ns / 1000);

/** Names and meanings as Triton's user_guide/metrics.md has them, so that its dashboards work here. */
const METRICS: Readonly<Record<string, readonly [help: string, read: Read]>> = {
  nv_inference_request_success: [
    "Number of successful inference requests",
    ({ inference_stats }) => inference_stats.success.count,
  ],
  nv_inference_request_failure: [
    "Number of failed inference requests",
    ({ inference_stats }) => inference_stats.fail.count,
  ],
  nv_inference_count: ["Number of inferences: rows, not batches", ({ inference_count }) => inference_count],
  nv_inference_exec_count: ["Number of model executions: batches", ({ execution_count }) => execution_count],
  nv_inference_request_duration_us: [
    "Cumulative duration of successful requests in microseconds",
    ({ inference_stats }) => microseconds(inference_stats.success.ns),
  ],
  nv_inference_queue_duration_us: [
    "Cumulative time that requests waited in microseconds",
    ({ inference_stats }) => microseconds(inference_stats.queue.ns),
  ],
  nv_inference_compute_input_duration_us: [
    "Cumulative duration of preparing inputs in microseconds",
    ({ inference_stats }) => microseconds(inference_stats.compute_input.ns),
  ],
  nv_inference_compute_infer_duration_us: [
    "Cumulative duration of running the model in microseconds",
    ({ inference_stats }) => microseconds(inference_stats.compute_infer.ns),
  ],
  nv_inference_compute_output_duration_us: [
    "Cumulative duration of handing out outputs in microseconds",
    ({ inference_stats }) => microseconds(inference_stats.compute_output.ns),
  ],
};

/** Adds Triton's counters of one model version to its registry. */
export function addTritonMetrics(
  registry: Registry,
  labels: { readonly model: string; readonly version: string },
  statistics: ModelStatistics,
): void {
  for (const [name, [help, read]] of Object.entries(METRICS)) {
    new Counter({
      name,
      help,
      labelNames: ["model", "version"],
      registers: [registry],
      collect() {
        this.reset();
        this.inc(labels, read(statistics.report({ name: labels.model, version: labels.version })));
      },
    });
  }
}
