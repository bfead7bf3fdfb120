import type { AlertRule, Duration, RecordingRule, RuleGroup, Severity } from "./rule";

/** A promise on the share of good requests, and how the share of bad ones is found. */
export interface ServiceLevel {
  /** Part of the recorded series' names; small letters and underscores. */
  readonly name: string;
  /** Share of requests that must be good, above 0 and below 1. */
  readonly target: number;
  /** What a bad request is, to end a sentence. */
  readonly bad: string;
  /** PromQL of the share of bad requests over a window, by model. */
  readonly badShare: (window: Duration) => string;
}

interface BurnWindow {
  /** How many times faster than the budget lasts for 30 days. */
  readonly factor: number;
  readonly long: Duration;
  /** A twelfth of the long one, so that the alert ends soon after the fault. */
  readonly short: Duration;
  readonly severity: Severity;
}

/** Source: The Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts", table 5-8. */
const BURN_WINDOWS: readonly BurnWindow[] = [
  { factor: 14.4, long: "1h", short: "5m", severity: "critical" },
  { factor: 6, long: "6h", short: "30m", severity: "critical" },
  { factor: 3, long: "1d", short: "2h", severity: "warning" },
  { factor: 1, long: "3d", short: "6h", severity: "warning" },
];

/** Records the share of bad requests over each window, and tells when the budget of 30 days runs out too fast. */
export function errorBudgetRules(level: ServiceLevel): RuleGroup {
  const windows = [...new Set(BURN_WINDOWS.flatMap(({ long, short }) => [long, short]))];
  return {
    name: `tideline-error-budget-${level.name.replaceAll("_", "-")}`,
    interval: "30s",
    recordings: windows.map(
      (window): RecordingRule => ({ record: seriesOf(level, window), expr: level.badShare(window) }),
    ),
    alerts: BURN_WINDOWS.map((window) => burnAlert(level, window)),
  };
}

function burnAlert(level: ServiceLevel, { factor, long, short, severity }: BurnWindow): AlertRule {
  const limit = burnLimit(level.target, factor);
  const budget = percent(1 - level.target);
  const days = Number((30 / factor).toFixed(1));
  return {
    alert: "ErrorBudgetBurn",
    expr: `${seriesOf(level, long)} > ${limit} and ${seriesOf(level, short)} > ${limit}`,
    for: severity === "critical" ? "2m" : "15m",
    severity,
    labels: { slo: level.name, window: long },
    summary: `{{ $labels.model }} uses up its error budget for ${level.name} in ${days} days`,
    description: `Over ${long}, {{ $value | humanizePercentage }} of the requests ${level.bad}; the budget of 30 days is ${budget}. At ${factor} times the allowed rate it lasts ${days} days.`,
  };
}

function seriesOf({ name }: ServiceLevel, window: Duration): string {
  return `model:slo_${name}_bad:ratio_rate${window}`;
}

/** Rounded to what a double holds of a product of decimal fractions. */
function burnLimit(target: number, factor: number): number {
  return Number((factor * (1 - target)).toPrecision(6));
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(4))}%`;
}
