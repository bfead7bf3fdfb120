import { Counter, Gauge, type Registry } from "prom-client";
import type { ShadowCounts } from "./shadow";

/** How requests of a variant ended: answered, failed for the model's fault, or refused for the caller's or the load's. */
export type VariantCounts = Record<"success" | "error" | "refused", number>;

type VariantLabels = Record<"model" | "version" | "variant", string>;
type ShadowLabels = Record<"model" | "version", string>;
type Change = "started" | "advanced" | "promoted" | "rolled_back";

/** What Prometheus is told of traffic. The counts are plain numbers that whoever counts holds, and never go back. */
export class TrafficMetrics {
  private readonly variants = new Map<string, { readonly labels: VariantLabels; readonly counts: VariantCounts }>();
  private readonly shadows = new Map<string, { readonly labels: ShadowLabels; readonly counts: ShadowCounts }>();
  private readonly changes: Counter<"model" | "event">;

  /** `weights` gives each variant's share just now, 0 to 100. */
  constructor(registry: Registry, weights: () => Iterable<readonly [VariantLabels, number]>) {
    const registers = [registry];
    const { variants, shadows } = this;
    new Counter({
      name: "traffic_requests_total",
      help: "Requests that a traffic rule gave to a variant, by how they ended",
      labelNames: ["model", "version", "variant", "status"],
      registers,
      collect() {
        this.reset();
        for (const { labels, counts } of variants.values()) {
          for (const [status, count] of Object.entries(counts)) this.inc({ ...labels, status }, count);
        }
      },
    });
    new Counter({
      name: "traffic_shadow_rows_total",
      help: "Rows that a shadow repeated, by whether its answer agreed; or failed on, or left out",
      labelNames: ["model", "version", "outcome"],
      registers,
      collect() {
        this.reset();
        for (const { labels, counts } of shadows.values()) {
          for (const [outcome, count] of Object.entries(counts)) this.inc({ ...labels, outcome }, count);
        }
      },
    });
    new Gauge({
      name: "traffic_weight_percent",
      help: "Share of the requests that a variant is given",
      labelNames: ["model", "version", "variant"],
      // All processes have the same rule.
      aggregator: "max",
      registers,
      collect() {
        this.reset();
        for (const [labels, weight] of weights()) this.set(labels, weight);
      },
    });
    this.changes = new Counter({
      name: "traffic_changes_total",
      help: "Changes of traffic rules: started, advanced, promoted, rolled_back",
      labelNames: ["model", "event"],
      registers,
    });
  }

  countsOf(labels: VariantLabels): VariantCounts {
    const fresh = { labels, counts: { success: 0, error: 0, refused: 0 } };
    return entryOf(this.variants, `${labels.model}/${labels.version}/${labels.variant}`, fresh).counts;
  }

  shadowCountsOf(labels: ShadowLabels): ShadowCounts {
    const fresh = { labels, counts: { agreed: 0, differed: 0, failed: 0, dropped: 0 } };
    return entryOf(this.shadows, `${labels.model}/${labels.version}`, fresh).counts;
  }

  changed(model: string, event: Change): void {
    this.changes.inc({ model, event });
  }
}

function entryOf<T>(map: Map<string, T>, key: string, fresh: T): T {
  const found = map.get(key) ?? fresh;
  map.set(key, found);
  return found;
}
