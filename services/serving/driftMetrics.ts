import { Counter, Gauge, type Registry } from "prom-client";
import type { DriftReport } from "./driftClient";

/** What is told to Prometheus of the sampling and of the drift service's last verdict. */
export class DriftMetrics {
  private readonly rows: Counter<"model" | "version" | "outcome">;
  private readonly reports: Counter<"model" | "version" | "outcome">;
  private readonly score: Gauge<"model" | "version">;
  private readonly detected: Gauge<"model" | "version">;
  private readonly features: Gauge<"model" | "version" | "feature">;
  private readonly reportedAt: Gauge<"model" | "version">;

  constructor(
    registry: Registry,
    private readonly labels: { readonly model: string; readonly version: string },
  ) {
    const registers = [registry];
    const labelNames = ["model", "version"] as const;
    this.rows = new Counter({
      name: "drift_rows_total",
      help: "Sampled rows by what became of them: sent to the drift service, or dropped because it did not answer",
      labelNames: [...labelNames, "outcome"],
      registers,
    });
    this.reports = new Counter({
      name: "drift_reports_total",
      help: "Windows given to the drift service, by outcome",
      labelNames: [...labelNames, "outcome"],
      registers,
    });
    this.score = new Gauge({
      name: "drift_score",
      help: "Share of drifted features as last reported",
      labelNames,
      aggregator: "max",
      registers,
    });
    this.detected = new Gauge({
      name: "drift_detected",
      help: "1 when drift was last reported",
      labelNames,
      aggregator: "max",
      registers,
    });
    this.features = new Gauge({
      name: "feature_drift_score",
      help: "Test statistic of each feature as last reported",
      labelNames: [...labelNames, "feature"],
      aggregator: "max",
      registers,
    });
    this.reportedAt = new Gauge({
      name: "drift_last_report_timestamp_seconds",
      help: "When the last report came, Unix time",
      labelNames,
      aggregator: "max",
      registers,
    });
  }

  sent(rows: number): void {
    this.rows.inc({ ...this.labels, outcome: "sent" }, rows);
    this.reports.inc({ ...this.labels, outcome: "answered" });
  }

  dropped(rows: number): void {
    this.rows.inc({ ...this.labels, outcome: "dropped" }, rows);
    this.reports.inc({ ...this.labels, outcome: "failed" });
  }

  reported({ drift_detected, drift_score, columns }: DriftReport): void {
    this.detected.set(this.labels, drift_detected ? 1 : 0);
    this.score.set(this.labels, drift_score);
    for (const [feature, { statistic }] of Object.entries(columns)) {
      this.features.set({ ...this.labels, feature }, statistic);
    }
    this.reportedAt.setToCurrentTime(this.labels);
  }
}
