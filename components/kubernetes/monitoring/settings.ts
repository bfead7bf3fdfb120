import { type ArgumentProblem, problemIf } from "../../arguments";
import type { ClusterSize } from "../quotas";
import type { CloudSecret } from "../workloadEnvironment";
import type { CostRates } from "./dashboards/costDashboard";
import type { AlertThresholds } from "./thresholds";

/** What is watched on a cluster, for how long it is kept and who hears of it. */
export interface MonitoringSettings {
  /** How much it may take. @default small in dev, medium in staging, large in prod */
  readonly size?: ClusterSize;
  /** Days that metrics are kept, at least 1. @default 30 */
  readonly retentionDays?: number;
  /** Volume of each Prometheus in GiB, at least 10. @default 50 */
  readonly storageGi?: number;
  /** Prometheus, Alertmanager and what stands beside them, 1 to 5 of each. @default 2 in prod, else 1 */
  readonly replicas?: number;
  /** Loki and its collectors. @default true */
  readonly logs?: boolean;
  /** Tempo. @default true */
  readonly traces?: boolean;
  /** Days that logs and traces are kept, at least 1. @default 30 and 7 */
  readonly logRetentionDays?: number;
  readonly traceRetentionDays?: number;
  /** Where alerts on models begin. @default ALERT_THRESHOLDS */
  readonly thresholds?: Partial<AlertThresholds>;
  /** Prices of the cost dashboard. @default COST_RATES */
  readonly costRates?: CostRates;
  /** Address of docs/runbooks/alerts.md where people read it. @default its path in the repository */
  readonly runbookUrl?: string;
  /** Addresses that must answer from outside, http: or https:. @default none */
  readonly probedUrls?: readonly string[];
  /** Slack channel of every alert. @default none */
  readonly slack?: { readonly channel: string; readonly webhookUrl: CloudSecret };
  /** PagerDuty service of critical alerts. @default none */
  readonly pagerDuty?: { readonly routingKey: CloudSecret };
}

/** Thresholds that are shares: above 0 and below 1. */
const SHARES = [
  "accuracy",
  "driftScore",
  "featureDriftScore",
  "confidenceFall",
  "memoryShare",
  "failureShare",
  "throughputShare",
  "availability",
  "fastShare",
] as const satisfies readonly (keyof AlertThresholds)[];

/** All that is wrong with the settings. */
export function settingsProblems(settings: MonitoringSettings): readonly ArgumentProblem[] {
  const { retentionDays = 30, storageGi = 50, replicas = 1, logRetentionDays = 30, traceRetentionDays = 7 } = settings;
  const { thresholds = {}, probedUrls = [], slack } = settings;
  const days = { retentionDays, logRetentionDays, traceRetentionDays };
  return [
    ...Object.entries(days).flatMap(([name, value]) =>
      problemIf(!Number.isInteger(value) || value < 1, name, `is ${value}; give a whole number of days from 1.`),
    ),
    ...problemIf(!(storageGi >= 10), "storageGi", `is ${storageGi}; a Prometheus needs at least 10 GiB.`),
    ...problemIf(
      !Number.isInteger(replicas) || replicas < 1 || replicas > 5,
      "replicas",
      `is ${replicas}; give a whole number from 1 to 5.`,
    ),
    ...SHARES.flatMap((name) => {
      const value = thresholds[name];
      const wrong = value !== undefined && !(value > 0 && value < 1);
      return problemIf(wrong, `thresholds.${name}`, `is ${value}; give a share above 0 and below 1.`);
    }),
    ...probedUrls.flatMap((url, index) =>
      problemIf(
        !/^https?:\/\/[^\s/]+/.test(url),
        `probedUrls.${index}`,
        `is "${url}"; give an http: or https: address.`,
      ),
    ),
    ...problemIf(
      slack !== undefined && !/^[#@]/.test(slack.channel),
      "slack.channel",
      `is "${slack?.channel}"; a channel begins with #, a person with @.`,
    ),
  ];
}
