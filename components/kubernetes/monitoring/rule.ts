/** A span of time as Prometheus writes it. */
export type Duration = `${number}${"s" | "m" | "h" | "d"}`;

/** How soon somebody must look: `critical` wakes a person, `warning` is for working hours. */
export type Severity = "critical" | "warning";

/** A series that Prometheus computes and keeps. */
export interface RecordingRule {
  /** level:metric:operations, after Prometheus's "Recording rules" practices. */
  readonly record: string;
  readonly expr: string;
  /** Added to every series. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A condition that somebody should know of; one alert for each series that `expr` gives. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  /** How long the condition must hold. */
  readonly for: Duration;
  readonly severity: Severity;
  /** One line; Go templates of `$labels` and `$value` are filled in by Prometheus. */
  readonly summary: string;
  /** What it means and what to look at first; templates too. */
  readonly description: string;
  /** Added to those of the series. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: Duration;
  readonly recordings: readonly RecordingRule[];
  readonly alerts: readonly AlertRule[];
}

/** A rule group in Prometheus's own format, which is also that of a PrometheusRule object. */
export interface PrometheusRuleGroup {
  readonly name: string;
  readonly interval: Duration;
  readonly rules: readonly PrometheusRule[];
}

type PrometheusRule =
  | { readonly record: string; readonly expr: string; readonly labels?: Readonly<Record<string, string>> }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for: Duration;
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<"summary" | "description" | "runbook_url", string>>;
    };

/** Groups as Prometheus reads them: recordings first, and each alert with the address of its runbook. */
export function toPrometheusGroups(groups: readonly RuleGroup[], runbookUrl: string): PrometheusRuleGroup[] {
  return groups.map(({ name, interval, recordings, alerts }) => ({
    name,
    interval,
    rules: [
      ...recordings.map(({ record, expr, labels }) => ({ record, expr, ...(labels ? { labels } : {}) })),
      ...alerts.map(({ alert, expr, for: held, severity, summary, description, labels }) => ({
        alert,
        expr,
        for: held,
        labels: { ...labels, severity },
        annotations: { summary, description, runbook_url: `${runbookUrl}#${alert.toLowerCase()}` },
      })),
    ],
  }));
}
