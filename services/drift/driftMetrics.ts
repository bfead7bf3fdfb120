import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { ColumnReport, DriftReport } from "./reportSchema";

/** References whose last verdict is told to Prometheus; the one compared longest ago leaves first. */
const MAX_REFERENCES = 200;
/** Models whose accuracy is told; the one measured longest ago leaves first. */
const MAX_MODELS = 200;
/** Columns told of one reference, drifted ones first. */
const MAX_FEATURES = 100;

/** What of a report is told. */
export interface ToldVerdict
  extends Pick<DriftReport, "reference_id" | "drift_detected" | "drift_score" | "features_affected" | "current_rows"> {
  readonly columns: Readonly<Record<string, Pick<ColumnReport, "drifted" | "statistic">>>;
}

/** The service's own metrics. Labels that callers choose are bounded in number and leave with their reference. */
export class DriftMetrics {
  private readonly score: Gauge<"reference">;
  private readonly detected: Gauge<"reference">;
  private readonly features: Gauge<"reference" | "feature">;
  private readonly comparisons: Counter<"outcome">;
  private readonly rows: Counter;
  private readonly seconds: Histogram;
  private readonly runs: Counter<"outcome">;
  private readonly retrains: Counter;
  private readonly accuracy: Gauge<"model" | "mode">;
  private readonly models = new Set<string>();
  /** Features told by reference, the reference compared longest ago first. */
  private readonly told = new Map<string, readonly string[]>();

  constructor(registry: Registry, cacheBytes: () => number) {
    const registers = [registry];
    this.score = new Gauge({
      name: "drift_score",
      help: "Share of drifted columns at the last comparison with a reference",
      labelNames: ["reference"],
      registers,
    });
    this.detected = new Gauge({
      name: "drift_detected",
      help: "1 when the last comparison with a reference found drift",
      labelNames: ["reference"],
      registers,
    });
    this.features = new Gauge({
      name: "feature_drift_score",
      help: "Test statistic of a column at the last comparison with a reference",
      labelNames: ["reference", "feature"],
      registers,
    });
    this.comparisons = new Counter({
      name: "drift_comparisons_total",
      help: "Comparisons by outcome: drift, no_drift, or failed when no verdict was given",
      labelNames: ["outcome"],
      registers,
    });
    this.rows = new Counter({ name: "drift_rows_total", help: "Rows of windows compared", registers });
    this.seconds = new Histogram({
      name: "drift_comparison_seconds",
      help: "Time of a comparison, from the parsed request to the verdict",
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });
    this.runs = new Counter({
      name: "drift_monitor_runs_total",
      help: "Finished runs of monitors by outcome",
      labelNames: ["outcome"],
      registers,
    });
    this.retrains = new Counter({
      name: "drift_retrain_events_total",
      help: "Runs whose score asked for retraining",
      registers,
    });
    this.accuracy = new Gauge({
      name: "model_accuracy",
      help: "Accuracy in the last window that was measured with the truth, or estimated without it",
      labelNames: ["model", "mode"],
      registers,
    });
    new Gauge({
      name: "drift_reference_cache_bytes",
      help: "Memory of decoded references",
      registers,
      collect() {
        this.set(cacheBytes());
      },
    });
  }

  /** Tells the verdict of a comparison that took so many seconds. */
  compared(report: ToldVerdict, seconds: number): void {
    this.comparisons.inc({ outcome: report.drift_detected ? "drift" : "no_drift" });
    this.rows.inc(report.current_rows);
    this.seconds.observe(seconds);
    const reference = report.reference_id;
    // A reference that came with its request has no name to be told under.
    if (reference === null) return;
    this.forget(reference);
    while (this.told.size >= MAX_REFERENCES) this.forget([...this.told.keys()][0] ?? "");
    const rest = Object.keys(report.columns).filter((name) => !report.columns[name]?.drifted);
    const features = [...report.features_affected, ...rest].slice(0, MAX_FEATURES);
    this.told.set(reference, features);
    this.score.set({ reference }, report.drift_score);
    this.detected.set({ reference }, report.drift_detected ? 1 : 0);
    for (const feature of features) {
      this.features.set({ reference, feature }, report.columns[feature]?.statistic ?? 0);
    }
  }

  /** Counts a comparison that gave no verdict. */
  failed(): void {
    this.comparisons.inc({ outcome: "failed" });
  }

  /** Counts a finished run of a monitor. */
  ran(outcome: string): void {
    this.runs.inc({ outcome });
  }

  /** Counts a run that asked for retraining. */
  retrainAsked(): void {
    this.retrains.inc();
  }

  /** Tells the accuracy of a model's last window. */
  measured(model: string, mode: "measured" | "estimated", accuracy: number): void {
    this.models.delete(model);
    while (this.models.size >= MAX_MODELS) this.unlearn([...this.models][0] ?? "");
    this.models.add(model);
    this.accuracy.set({ model, mode }, accuracy);
  }

  private unlearn(model: string): void {
    this.models.delete(model);
    for (const mode of ["measured", "estimated"]) this.accuracy.remove({ model, mode });
  }

  /** Drops all that is labelled with a reference. */
  forget(reference: string): void {
    const features = this.told.get(reference);
    if (!features) return;
    this.told.delete(reference);
    this.score.remove({ reference });
    this.detected.remove({ reference });
    for (const feature of features) this.features.remove({ reference, feature });
  }
}
