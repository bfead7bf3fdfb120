import type { DriftReport } from "../reportSchema";
import type { MonitorRecord } from "./monitorStore";
import type { OutboxMessage } from "./outbox";

/** What a finished comparison of a monitor is told with. */
export interface Occasion {
  readonly monitor: MonitorRecord;
  readonly report: DriftReport;
  readonly reportId: string;
  readonly now: Date;
  /** A score above it asks for retraining. */
  readonly retrainScore: number;
}

/** Whether a report asks for retraining: drift, and a score above the limit. */
export function asksForRetraining({ drift_detected, drift_score }: DriftReport, retrainScore: number): boolean {
  return drift_detected && drift_score > retrainScore;
}

/** The messages that a comparison calls for: an alert while there is drift, its end when it is over, a retrain event. */
export function messagesOf(occasion: Occasion): OutboxMessage[] {
  const { monitor, report, retrainScore } = occasion;
  const messages: OutboxMessage[] = [];
  const wasDrifted = monitor.lastOutcome === "drift";
  if (monitor.rules.alert && (report.drift_detected || wasDrifted)) {
    messages.push({ kind: "alert", body: [alertOf(occasion)] });
  }
  if (asksForRetraining(report, retrainScore)) messages.push({ kind: "retrain", body: retrainEvent(occasion) });
  return messages;
}

/**
 * An alert as Alertmanager's POST /api/v2/alerts takes it. Its labels are the monitor's alone, so that a later one is
 * the same alert with news, and it fires until half a run after the next run is due, should no replica be left to end it.
 */
function alertOf({ monitor, report, reportId, now }: Occasion) {
  const until = report.drift_detected ? now.getTime() + 1500 * monitor.everySeconds : now.getTime();
  const found = `${report.features_affected.length} of ${Object.keys(report.columns).length} columns drifted`;
  return {
    labels: { alertname: "DriftDetected", service: "drift", monitor: monitor.id, reference: monitor.referenceId },
    annotations: {
      summary: report.drift_detected
        ? `Drift (${report.drift_type}, ${report.severity}) from ${monitor.referenceId}: ${found}`
        : `Drift from ${monitor.referenceId} is over`,
      description: report.recommendation.reason,
      drift_score: String(report.drift_score),
      features: report.features_affected.slice(0, 20).join(", "),
      report: `/reports/${reportId}`,
    },
    // A resolved alert that Alertmanager no longer knows must not start after it ends.
    ...(report.drift_detected ? {} : { startsAt: new Date(now.getTime() - 1000).toISOString() }),
    endsAt: new Date(until).toISOString(),
  };
}

function retrainEvent({ monitor, report, reportId, now, retrainScore }: Occasion) {
  return {
    type: "retrain_requested",
    /** The same for a message delivered twice. */
    id: reportId,
    time: now.toISOString(),
    monitor_id: monitor.id,
    reference_id: monitor.referenceId,
    drift_score: report.drift_score,
    threshold: retrainScore,
    drift_type: report.drift_type,
    features_affected: report.features_affected,
    reason: report.recommendation.reason,
    report: `/reports/${reportId}`,
  };
}
