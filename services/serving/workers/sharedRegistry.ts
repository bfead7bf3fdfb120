import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, Registry } from "prom-client";
import { askWorkers } from "./workerMessages";

/** Metrics of one process, as prom-client tells them. */
export type MetricsReport = MetricObjectWithValues<MetricValue<string>>[];

/**
 * The metrics of a service that runs as several processes: whichever of them Prometheus asks, it answers for all.
 * Counts add up; gauges say by their aggregator how several become one.
 */
export class SharedRegistry extends Registry {
  /** `further` are registries that come and go; their metrics belong to this process too. */
  constructor(private readonly further: () => readonly Registry[]) {
    super();
  }

  /** What this process alone has. */
  async own(): Promise<MetricsReport> {
    const reports = await Promise.all([
      super.getMetricsAsJSON(),
      ...this.further().map((one) => one.getMetricsAsJSON()),
    ]);
    return AggregatorRegistry.aggregate(reports).getMetricsAsJSON();
  }

  override async metrics(): Promise<string> {
    const reports = await askWorkers();
    return AggregatorRegistry.aggregate(reports as MetricsReport[]).metrics();
  }
}
