import type { Histogram, Registry } from "prom-client";

export interface DistributionArgs {
  readonly name: string;
  readonly help: string;
  /** Upper bounds of the buckets, ascending; one above all of them is added. */
  readonly buckets: readonly number[];
  readonly labels: Readonly<Record<string, string>>;
  readonly registry: Registry;
}

/** An observation and the trace that tells how it came about. */
interface Exemplar {
  readonly labels: { readonly trace_id: string };
  readonly value: number;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/**
 * A Prometheus histogram with fixed labels whose `observe` is a comparison and two additions: prom-client's own
 * hashes the labels at every observation, which a server that answers tens of thousands of requests a second notices.
 * The scrape is told the same lines.
 */
export class Distribution {
  readonly name: string;
  readonly help: string;
  private readonly bounds: Float64Array;
  private readonly counts: Float64Array;
  private readonly labels: Readonly<Record<string, string>>;
  private sum = 0;
  /** Of each bucket, the trace that was seen last; empty without traces. */
  private exemplars: Exemplar[] = [];

  constructor({ name, help, buckets, labels, registry }: DistributionArgs) {
    this.name = name;
    this.help = help;
    this.labels = labels;
    this.bounds = Float64Array.from(buckets);
    this.counts = new Float64Array(buckets.length + 1);
    // The registry only calls `get` and reads `name`; its type names the four classes of prom-client.
    registry.registerMetric(this as unknown as Histogram);
  }

  /** `traceId` names the trace of the request that this is of. */
  observe(value: number, traceId?: string): void {
    const { bounds } = this;
    let bucket = 0;
    while (bucket < bounds.length && value > (bounds[bucket] as number)) bucket++;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.sum += value;
    if (traceId === undefined) return;
    this.exemplars[bucket] = { labels: { trace_id: traceId }, value, timestamp: Date.now() / 1000 };
  }

  /** What prom-client's registry asks of a metric at a scrape. */
  async get() {
    const { name, help, labels } = this;
    let below = 0;
    const values = Array.from(this.counts, (count, index) => {
      below += count;
      const exemplar = this.exemplars[index];
      const sample = { metricName: `${name}_bucket`, labels: { ...labels, le: this.bounds[index] ?? "+Inf" } };
      return exemplar === undefined ? { ...sample, value: below } : { ...sample, value: below, exemplar };
    });
    return {
      name,
      help,
      type: "histogram",
      aggregator: "sum",
      values: [
        ...values,
        { metricName: `${name}_sum`, labels, value: this.sum },
        { metricName: `${name}_count`, labels, value: below },
      ],
    };
  }

  /** Forgets every observation; part of what a registry asks of a metric. */
  reset(): void {
    this.counts.fill(0);
    this.sum = 0;
    this.exemplars = [];
  }
}
