import type { Registry } from "prom-client";
import type { Logger } from "../runtime/logging";
import { type Columns, type DriftClient, type DriftReport, UnknownReferenceError } from "./driftClient";
import { DriftMetrics } from "./driftMetrics";
import { RowReservoir } from "./rowReservoir";

/** Longest pause between attempts while the drift service does not answer. */
const MAX_BACKOFF_SECONDS = 60;

export interface DriftSamplerArgs {
  readonly client: DriftClient;
  /** Column names of the rows. */
  readonly features: readonly string[];
  /** Registered before the first comparison, and again when the drift service has lost it. */
  readonly reference: Columns;
  readonly labels: { readonly model: string; readonly version: string };
  /** Share of the rows that may be sampled, 0 to 1. */
  readonly sampleRate: number;
  /** Rows in one comparison: a uniform sample of those seen since the last one. */
  readonly windowRows: number;
  /** Least time between two comparisons. */
  readonly intervalSeconds: number;
  readonly registry: Registry;
  readonly log: Logger;
}

/**
 * Watches the stream of predicted rows: keeps a bounded uniform sample, and in the background compares it with the
 * reference at the drift service. Predictions only pay for `offer`; whatever the drift service does, or does not,
 * they go on.
 */
export class DriftSampler {
  private readonly args: DriftSamplerArgs;
  private readonly reservoir: RowReservoir;
  private readonly metrics: DriftMetrics;
  private readonly stop = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private registered = false;
  private failures = 0;
  private notBefore = 0;
  private current: Promise<void> | undefined;
  private verdict = false;
  private lastScore: number | undefined;

  constructor(args: DriftSamplerArgs) {
    this.args = args;
    this.reservoir = new RowReservoir(args.windowRows);
    this.metrics = new DriftMetrics(args.registry, args.labels);
    this.timer = setInterval(() => this.tick(), args.intervalSeconds * 1000);
    this.timer.unref();
    this.tick();
  }

  /** The latest verdict; false until there is one. */
  get detected(): boolean {
    return this.verdict;
  }

  /** Share of the features that drifted by the latest verdict; undefined until there is one. */
  get score(): number | undefined {
    return this.lastScore;
  }

  /** Offers rows that were predicted, row-major. Constant time a row, never throws. */
  offer(values: ArrayLike<number>, rows: number): void {
    const { sampleRate, features } = this.args;
    for (let row = 0; row < rows; row++) {
      if (sampleRate === 1 || Math.random() < sampleRate) {
        this.reservoir.offer(values, row * features.length, features.length);
      }
    }
  }

  /** Stops watching; a request to the drift service that is under way is cut off. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.stop.abort();
    await this.current;
  }

  private tick(): void {
    if (this.current !== undefined || performance.now() < this.notBefore) return;
    if (this.registered && this.reservoir.seen < this.args.windowRows) return;
    this.current = this.work().finally(() => {
      this.current = undefined;
    });
  }

  private async work(): Promise<void> {
    try {
      if (!this.registered) await this.register();
      if (this.reservoir.seen >= this.args.windowRows) await this.report();
      if (this.failures > 0) this.args.log.info("drift service answers again");
      this.failures = 0;
    } catch (error) {
      if (!this.stop.signal.aborted) this.backOff(error);
    }
  }

  private async register(): Promise<void> {
    const { client, reference, log, labels } = this.args;
    const { replaced } = await client.register(reference, this.stop.signal);
    this.registered = true;
    if (replaced) log.warn(labels, "the drift service had another reference for this model version; it was replaced");
    else log.info(labels, "reference registered with the drift service");
  }

  private async report(): Promise<void> {
    const { client, features } = this.args;
    const rows = this.reservoir.take();
    try {
      this.accept(await client.detect(toColumns(rows, features), this.stop.signal));
      this.metrics.sent(rows.length);
    } catch (error) {
      this.metrics.dropped(rows.length);
      throw error;
    }
  }

  private accept(report: DriftReport): void {
    const { drift_detected: detected, drift_score: score, features_affected: features } = report;
    this.metrics.reported(report);
    if (detected !== this.verdict) {
      const level = detected ? "warn" : "info";
      this.args.log[level]({ score, features }, detected ? "drift detected" : "drift is over");
    }
    this.verdict = detected;
    this.lastScore = score;
  }

  /** Twice as long after each failure, less up to a half at random so that replicas do not return together. */
  private backOff(error: unknown): void {
    const lost = error instanceof UnknownReferenceError;
    if (lost) this.registered = false;
    const { intervalSeconds, log } = this.args;
    const longest = Math.max(MAX_BACKOFF_SECONDS, intervalSeconds);
    const seconds = lost ? 0 : Math.min(intervalSeconds * 2 ** this.failures, longest) * (1 - Math.random() / 2);
    this.notBefore = performance.now() + seconds * 1000;
    if (lost) log.info("the drift service has lost the reference; registering it again");
    else if (this.failures === 0) {
      log.warn({ err: error }, "drift service does not answer; predictions go on, drift_detected keeps its last value");
    }
    this.failures++;
  }
}

function toColumns(rows: readonly (readonly number[])[], features: readonly string[]): Columns {
  return Object.fromEntries(features.map((name, column) => [name, rows.map((row) => row[column] as number)]));
}
