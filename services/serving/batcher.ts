import { ServiceError } from "../runtime/errors";
import { BatchQueue, type Queued } from "./batchQueue";
import type { Executor } from "./executor";
import { type InputRows, joinRows } from "./joinRows";
import type { BatchRecord } from "./modelStatistics";
import type { Tensor } from "./tensor";

/** Rows of one caller on their way through a batch. Exactly one of `succeed` and `fail` is called, once. */
export interface Job extends Queued {
  /** For each input of the model, in its order. */
  readonly inputs: readonly InputRows[];
  /** performance.now() when it was made ready to wait. */
  readonly queuedAt: number;
  /** True once nobody waits for the answer; it is failed then and not run. */
  readonly abandoned?: boolean;
  /** The caller's answer is rows `firstRow` to `firstRow + rows` of every output, valid during the call. */
  succeed(outputs: readonly Tensor[], firstRow: number): void;
  fail(error: unknown): void;
}

export interface BatcherArgs {
  readonly executor: Executor;
  /** Most rows merged into one batch. A job with more rows, or of a model that does not batch, runs alone. */
  readonly maxBatchRows: number;
  /** How long a batch that is not full waits for more, in milliseconds; 0 takes what arrived in this turn of the loop. */
  readonly maxDelayMs: number;
  /** Most rows that wait; a job beyond it is refused. */
  readonly maxQueueRows: number;
  /** Longest wait of a job, in milliseconds; one that waited longer is failed when its turn comes. @default none */
  readonly maxWaitMs?: number | undefined;
  /** Told of every batch that the model ran. */
  readonly onBatch?: (batch: BatchRecord) => void;
}

/**
 * Merges jobs that arrive together into batches, first come first served, one batch at a time. While a batch runs the
 * next one gathers. A batch that fails, fails its own jobs only.
 */
export class Batcher {
  private readonly args: BatcherArgs;
  private readonly queue = new BatchQueue<Job>();
  private running = false;
  private scheduled: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;
  private hurried = false;
  private closing = false;
  private whenEmpty: (() => void)[] = [];
  /** What the next request is taken to have: as many rows as the one that was refused since the last batch, else one. */
  private leastRows = 1;

  constructor(args: BatcherArgs) {
    this.args = args;
  }

  /** True when callers' rows may be joined; else every job runs alone and gets the outputs whole. */
  get batches(): boolean {
    return this.args.executor.batches;
  }

  /** Rows that wait for a batch. */
  get queuedRows(): number {
    return this.queue.rows;
  }

  /**
   * Why a request would be refused now, as far as one can say before it is read; undefined when it would be taken. Under
   * more load than can be borne, reading requests that are then refused is what costs most.
   */
  get congestion(): ServiceError | undefined {
    return this.queue.rows + this.leastRows > this.args.maxQueueRows ? this.queueFull() : undefined;
  }

  /** @throws {ServiceError} queue_full, too_many_rows or shutting_down; the job is not taken then. */
  submit(job: Job): void {
    const { maxQueueRows } = this.args;
    if (this.closing) throw new ServiceError(503, "shutting_down", "The service is shutting down.");
    if (job.rows > maxQueueRows) {
      throw new ServiceError(413, "too_many_rows", `The request has ${job.rows} rows. Allowed: up to ${maxQueueRows}.`);
    }
    if (this.queue.rows + job.rows > maxQueueRows) {
      this.leastRows = job.rows;
      throw this.queueFull();
    }
    this.queue.push(job);
    if (this.running || this.scheduled !== undefined) return;
    if (this.mayStart()) this.schedule();
    else this.timer ??= setTimeout(() => this.schedule(), this.args.maxDelayMs);
  }

  /** Takes back a job that still waits, which is neither answered nor failed then; false when it is too late. */
  withdraw(job: Job): boolean {
    const withdrawn = this.queue.remove(job);
    this.tellIfEmpty();
    return withdrawn;
  }

  /** From now on no batch waits for more; called when a drain begins. */
  hurry(): void {
    this.hurried = true;
    if (!this.queue.empty && !this.running) this.schedule();
  }

  /** Takes no more jobs; resolves when those taken are answered. */
  close(): Promise<void> {
    this.closing = true;
    this.hurry();
    if (this.queue.empty && !this.running) return Promise.resolve();
    return new Promise((resolve) => this.whenEmpty.push(resolve));
  }

  private queueFull(): ServiceError {
    return new ServiceError(
      503,
      "queue_full",
      `${this.queue.rows} rows already wait for a prediction and ${this.args.maxQueueRows} may. Try again in a second.`,
      { retry_after_seconds: 1 },
    );
  }

  private mayStart(): boolean {
    const { maxDelayMs, maxBatchRows } = this.args;
    return maxDelayMs === 0 || this.hurried || this.queue.rows >= maxBatchRows;
  }

  /** At the end of this turn of the event loop, when all sockets that have something were read. */
  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.scheduled ??= setImmediate(() => {
      this.scheduled = undefined;
      void this.runBatch();
    });
  }

  private async runBatch(): Promise<void> {
    const jobs = this.takeLive();
    if (jobs.length === 0) return this.tellIfEmpty();
    this.running = true;
    const outcome = await this.compute(jobs).catch((error: unknown) => ({ error }));
    this.next();
    if ("error" in outcome) for (const job of jobs) job.fail(outcome.error);
    else {
      const answeringAt = performance.now();
      answer(jobs, outcome.outputs);
      this.args.onBatch?.({ ...outcome.times, outputMs: performance.now() - answeringAt });
    }
    this.tellIfEmpty();
  }

  /** The next batch without those that nobody waits for; empty only when the queue is. */
  private takeLive(): Job[] {
    const { executor, maxBatchRows, maxWaitMs = Number.POSITIVE_INFINITY } = this.args;
    this.leastRows = 1;
    while (!this.queue.empty) {
      const jobs = this.queue.take(executor.batches ? maxBatchRows : 0);
      const earliest = performance.now() - maxWaitMs;
      const live = jobs.filter((job) => !job.abandoned && job.queuedAt >= earliest);
      if (live.length < jobs.length) {
        for (const job of jobs) {
          if (job.abandoned) job.fail(abandonedError());
          else if (job.queuedAt < earliest) job.fail(waitedTooLong(maxWaitMs));
        }
      }
      if (live.length > 0) return live;
    }
    return [];
  }

  private async compute(jobs: readonly Job[]) {
    const { executor } = this.args;
    const startedAt = performance.now();
    let rows = 0;
    let queueMs = 0;
    for (const job of jobs) {
      rows += job.rows;
      queueMs += startedAt - job.queuedAt;
    }
    const inputs = executor.inputs.map((spec, index) =>
      joinRows(
        spec,
        jobs.map((job) => job.inputs[index] as InputRows),
      ),
    );
    const joinedAt = performance.now();
    const outputs = await executor.run(inputs);
    if (executor.batches) checkRows(outputs, rows);
    const inferMs = performance.now() - joinedAt;
    return { outputs, times: { requests: jobs.length, rows, queueMs, inputMs: joinedAt - startedAt, inferMs } };
  }

  /** Starts the following batch before this one's answers are written, so that the executor does not idle. */
  private next(): void {
    this.running = false;
    if (this.queue.empty) return;
    if (this.mayStart()) void this.runBatch();
    else this.timer ??= setTimeout(() => this.schedule(), this.args.maxDelayMs);
  }

  private tellIfEmpty(): void {
    if (this.running || !this.queue.empty) return;
    // What it was set for was withdrawn.
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const resolve of this.whenEmpty.splice(0)) resolve();
  }
}

/** What a request ends with whose caller has hung up. */
export function abandonedError(): ServiceError {
  return new ServiceError(499, "client_closed_request", "The caller hung up before its request was run.");
}

/** What a request ends with that the service's own limit, not its caller's, has run out for. */
function waitedTooLong(maxWaitMs: number): ServiceError {
  return new ServiceError(
    504,
    "deadline_exceeded",
    `The request waited for its batch longer than the ${maxWaitMs} ms that are allowed here. Send it again when there is less load.`,
  );
}

function answer(jobs: readonly Job[], outputs: readonly Tensor[]): void {
  let firstRow = 0;
  for (const job of jobs) {
    try {
      job.succeed(outputs, firstRow);
    } catch (error) {
      // What goes wrong with one caller's answer is that caller's alone.
      job.fail(error);
    }
    firstRow += job.rows;
  }
}

/** A model that mixes or drops rows would hand one caller another's answer. */
function checkRows(outputs: readonly Tensor[], rows: number): void {
  for (const { name, shape } of outputs) {
    if (shape[0] !== rows) {
      throw new Error(`Output ${name} has shape [${shape}] for a batch of ${rows} rows; one row for each is needed.`);
    }
  }
}
