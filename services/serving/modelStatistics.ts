/** A number of events and the time that they took together. */
export interface Duration {
  count: number;
  /** Nanoseconds. */
  ns: number;
}

/** What the batcher tells of one batch; times in milliseconds. */
export interface BatchRecord {
  readonly requests: number;
  readonly rows: number;
  /** Time that the requests waited, added up. */
  readonly queueMs: number;
  /** Joining the inputs, running the model, handing out the outputs. */
  readonly inputMs: number;
  readonly inferMs: number;
  readonly outputMs: number;
}

type ComputeStats = Record<"compute_input" | "compute_infer" | "compute_output", Duration>;
type InferenceStats = Record<"success" | "fail" | "queue" | "cache_hit" | "cache_miss", Duration> & ComputeStats;

/** Counts of one model version as the statistics extension tells them. */
export interface StatisticsReport {
  readonly name: string;
  readonly version: string;
  /** Unix time in milliseconds; 0 before the first. */
  readonly last_inference: number;
  /** Rows. */
  readonly inference_count: number;
  /** Batches. */
  readonly execution_count: number;
  readonly inference_stats: InferenceStats;
  readonly batch_stats: readonly ({ readonly batch_size: number } & ComputeStats)[];
}

/** More sizes than this are not told apart: models that take any number of rows would fill the memory. */
const MOST_SIZES = 1024;

/**
 * The statistics of one model version (Triton's extension_statistics.md): how requests ended, and for each part of the
 * way the time it took, once a request and once a batch.
 */
export class ModelStatistics {
  private readonly sizes = new Map<number, ComputeStats>();
  private readonly stats: InferenceStats = {
    success: none(),
    fail: none(),
    queue: none(),
    ...noCompute(),
    cache_hit: none(),
    cache_miss: none(),
  };
  private last = 0;
  private rows = 0;
  private batches = 0;

  batch({ requests, rows, queueMs, inputMs, inferMs, outputMs }: BatchRecord): void {
    this.rows += rows;
    this.batches++;
    this.last = Date.now();
    add(this.stats.queue, requests, queueMs);
    addCompute(this.stats, requests, [inputMs, inferMs, outputMs]);
    if (!this.sizes.has(rows) && this.sizes.size < MOST_SIZES) this.sizes.set(rows, noCompute());
    const size = this.sizes.get(rows);
    if (size !== undefined) addCompute(size, 1, [inputMs, inferMs, outputMs]);
  }

  succeeded(milliseconds: number): void {
    add(this.stats.success, 1, milliseconds);
  }

  failed(milliseconds: number): void {
    add(this.stats.fail, 1, milliseconds);
  }

  /** Time to look up an answer that was there. */
  cacheHit(milliseconds: number): void {
    add(this.stats.cache_hit, 1, milliseconds);
    this.last = Date.now();
  }

  /** Time to look up an answer that was not there, and to keep it. */
  cacheMiss(milliseconds: number): void {
    add(this.stats.cache_miss, 1, milliseconds);
  }

  report({ name, version }: { readonly name: string; readonly version: string }): StatisticsReport {
    const sizes = [...this.sizes].sort(([a], [b]) => a - b);
    return {
      name,
      version,
      last_inference: this.last,
      inference_count: this.rows,
      execution_count: this.batches,
      inference_stats: this.stats,
      batch_stats: sizes.map(([batch_size, compute]) => ({ batch_size, ...compute })),
    };
  }
}

function none(): Duration {
  return { count: 0, ns: 0 };
}

function noCompute(): ComputeStats {
  return { compute_input: none(), compute_infer: none(), compute_output: none() };
}

function add(duration: Duration, count: number, milliseconds: number): void {
  duration.count += count;
  duration.ns += Math.round(milliseconds * 1e6);
}

/** Each of `times` events took the times given, in milliseconds. */
function addCompute(
  stats: ComputeStats,
  times: number,
  [input, infer, output]: readonly [number, number, number],
): void {
  add(stats.compute_input, times, input * times);
  add(stats.compute_infer, times, infer * times);
  add(stats.compute_output, times, output * times);
}
