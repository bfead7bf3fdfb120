import { randomBytes } from "node:crypto";
import { Counter, type Registry } from "prom-client";
import type { Logger } from "../../runtime/logging";
import type { ModelCard } from "../../runtime/modelPackage";
import type { ObjectStore } from "../../runtime/objectStore";
import { toParquet } from "./parquetFile";
import { type PredictedRows, PredictionRows } from "./predictionRows";

export interface PredictionLogArgs {
  readonly card: ModelCard;
  readonly store: Pick<ObjectStore, "write" | "url">;
  /** Share of the rows that are kept, 0 to 1. */
  readonly sampleRate: number;
  /** Most rows of one file, and most that wait for the next. */
  readonly fileRows: number;
  /** A file is written so often when there is anything to write. */
  readonly intervalSeconds: number;
  readonly registry: Registry;
  readonly log: Logger;
}

/** A file that is to be stored. */
interface PendingFile {
  readonly key: string;
  readonly bytes: Buffer;
  readonly rows: number;
}

/**
 * Keeps a sample of what a model version was asked and answered as Parquet files in an object store, below
 * `predictions/MODEL/VERSION/DATE/`. Predictions pay for copying a row; the rest is done in the background, in memory
 * for two files at most. While the store does not answer one file waits and rows beyond the next one are dropped and
 * counted.
 */
export class PredictionLog {
  private rows: PredictionRows;
  private pending: PendingFile | undefined;
  private writing: Promise<void> | undefined;
  private failing = false;
  private readonly timer: NodeJS.Timeout;
  private readonly counts = { written: 0, dropped: 0 };
  private readonly instance = randomBytes(4).toString("hex");

  constructor(private readonly args: PredictionLogArgs) {
    const { card, fileRows, intervalSeconds, registry } = args;
    this.rows = new PredictionRows(card, fileRows);
    this.timer = setInterval(() => this.flush(), intervalSeconds * 1000);
    this.timer.unref();
    const { counts } = this;
    new Counter({
      name: "prediction_log_rows_total",
      help: "Rows of the prediction log: written to the store, or dropped because it did not take them in time",
      labelNames: ["model", "version", "outcome"],
      registers: [registry],
      collect() {
        this.reset();
        for (const [outcome, count] of Object.entries(counts)) {
          this.inc({ model: card.name, version: card.version, outcome }, count);
        }
      },
    });
  }

  /** Offers rows that were predicted. Never throws, never waits. */
  offer(predicted: PredictedRows): void {
    const { sampleRate } = this.args;
    for (let row = 0; row < predicted.rows; row++) {
      if (sampleRate < 1 && Math.random() >= sampleRate) continue;
      if (this.rows.full) this.flush();
      if (this.rows.full) this.counts.dropped++;
      else this.rows.take(predicted, row);
    }
  }

  /** Writes what is left, once. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    this.flush();
    await this.writing;
    // A file that had waited went first.
    this.flush();
    await this.writing;
    this.counts.dropped += this.rows.length + (this.pending?.rows ?? 0);
  }

  /** Begins to write what there is, unless something is being written. */
  private flush(): void {
    if (this.writing !== undefined || (this.pending === undefined && this.rows.length === 0)) return;
    this.writing = this.write().finally(() => {
      this.writing = undefined;
    });
  }

  private async write(): Promise<void> {
    const { card, fileRows, store, log } = this.args;
    const taken = this.pending === undefined ? this.rows : undefined;
    if (taken !== undefined) this.rows = new PredictionRows(card, fileRows);
    try {
      if (taken !== undefined) {
        this.pending = { key: this.keyOf(new Date()), bytes: await toParquet(taken), rows: taken.length };
      }
      const { pending } = this;
      if (pending === undefined) return;
      await store.write(pending.key, pending.bytes);
      this.counts.written += pending.rows;
      this.pending = undefined;
      if (this.failing) log.info({ store: store.url }, "predictions are logged again");
      this.failing = false;
    } catch (error) {
      // Rows that did not become a file are lost; a file that was not stored is tried again.
      if (this.pending === undefined) this.counts.dropped += taken?.length ?? 0;
      if (!this.failing) log.warn({ err: error, store: store.url }, "predictions are not logged; they go on");
      this.failing = true;
    }
  }

  private keyOf(now: Date): string {
    const { name, version } = this.args.card;
    const [date = "", time = ""] = now.toISOString().split("T");
    return `predictions/${name}/${version}/${date}/${time.replace(/[:.Z]/g, "")}-${this.instance}.parquet`;
  }
}
