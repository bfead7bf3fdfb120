import type { Moments } from "./significance";

/** Bounds of the latency buckets grow by this factor, so that a quantile is told within half of it. */
const GROWTH = 1.1;
const LEAST_SECONDS = 1e-4;
const BUCKETS = 160;

/** What a variant's requests came to. Numbers only, so that those of several processes add up. */
export interface TallyReport {
  readonly requests: number;
  readonly errors: number;
  /** Answered requests that took longer than the rollout allows. */
  readonly slow: number;
  /** Seconds of the requests that were answered. */
  readonly latency: Moments;
  /** Answered requests by latency, in buckets that grow by a tenth. */
  readonly buckets: readonly number[];
}

/** Counts the requests of one variant; an answer costs some additions and a logarithm. */
export class Tally {
  private requests = 0;
  private errors = 0;
  private slow = 0;
  private count = 0;
  private mean = 0;
  private squares = 0;
  private readonly buckets = new Array<number>(BUCKETS).fill(0);

  /** Requests beyond `slowSeconds` are counted apart. */
  constructor(private readonly slowSeconds: number = Number.POSITIVE_INFINITY) {}

  succeeded(seconds: number): void {
    this.requests++;
    this.count++;
    const delta = seconds - this.mean;
    this.mean += delta / this.count;
    this.squares += delta * (seconds - this.mean);
    if (seconds > this.slowSeconds) this.slow++;
    const bucket = bucketOf(seconds);
    this.buckets[bucket] = (this.buckets[bucket] ?? 0) + 1;
  }

  /** A request that the model, not its caller, is to blame for. */
  failed(): void {
    this.requests++;
    this.errors++;
  }

  report(): TallyReport {
    const { requests, errors, slow, count, mean, squares } = this;
    return { requests, errors, slow, latency: { count, mean, squares }, buckets: [...this.buckets] };
  }
}

/** What nothing comes to. */
export const NO_REQUESTS: TallyReport = new Tally().report();

/** What two processes counted, together (Chan, Golub and LeVeque 1983 for the moments). */
export function addTallies(a: TallyReport, b: TallyReport): TallyReport {
  const count = a.latency.count + b.latency.count;
  const delta = b.latency.mean - a.latency.mean;
  const share = count === 0 ? 0 : b.latency.count / count;
  return {
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
    slow: a.slow + b.slow,
    latency: {
      count,
      mean: a.latency.mean + delta * share,
      squares: a.latency.squares + b.latency.squares + delta * delta * a.latency.count * share,
    },
    buckets: a.buckets.map((value, index) => value + (b.buckets[index] ?? 0)),
  };
}

/** The seconds that this share of the answered requests stayed within, within 5 %; undefined when there are none. */
export function latencyQuantile({ buckets, latency }: TallyReport, share: number): number | undefined {
  if (latency.count === 0) return undefined;
  const rank = Math.max(1, Math.ceil(share * latency.count));
  let below = 0;
  const bucket = buckets.findIndex((value) => {
    below += value;
    return below >= rank;
  });
  return LEAST_SECONDS * GROWTH ** (bucket - 0.5);
}

function bucketOf(seconds: number): number {
  const bucket = Math.ceil(Math.log(seconds / LEAST_SECONDS) / Math.log(GROWTH));
  return Math.min(BUCKETS - 1, Math.max(0, bucket));
}
