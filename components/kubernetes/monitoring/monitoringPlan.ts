import type { ClusterSize } from "../quotas";
import { sizeIn } from "../size";
import type { ClusterTarget } from "../target";
import { COST_RATES, costDashboard } from "./dashboards/costDashboard";
import type { Dashboard } from "./dashboards/dashboard";
import { driftDashboards } from "./dashboards/driftDashboards";
import { modelDashboards } from "./dashboards/modelDashboards";
import { resourceDashboards } from "./dashboards/resourceDashboards";
import type { MonitoringSettings } from "./settings";
import { ALERT_THRESHOLDS, type AlertThresholds } from "./thresholds";
import { type Resources, resources } from "./values/pod";

/** What the parts of monitoring get, once environment and settings are known. */
export interface MonitoringPlan {
  readonly replicas: number;
  readonly retentionDays: number;
  readonly storageGi: number;
  readonly logs: boolean;
  readonly traces: boolean;
  readonly logRetentionDays: number;
  readonly traceRetentionDays: number;
  readonly thresholds: AlertThresholds;
  readonly dashboards: readonly Dashboard[];
  readonly runbookUrl: string;
  readonly prometheus: Resources;
  /** Of Loki and Tempo, and of the collector. */
  readonly store: Resources;
  readonly collector: Resources;
}

const PROMETHEUS: Readonly<Record<ClusterSize, Resources>> = {
  small: resources("250m", "1Gi"),
  medium: resources("500m", "4Gi"),
  large: resources("1", "8Gi"),
};
const STORE: Readonly<Record<ClusterSize, Resources>> = {
  small: resources("100m", "512Mi"),
  medium: resources("500m", "2Gi"),
  large: resources("1", "4Gi"),
};
const COLLECTOR: Readonly<Record<ClusterSize, Resources>> = {
  small: resources("100m", "256Mi"),
  medium: resources("250m", "512Mi"),
  large: resources("500m", "1Gi"),
};

/** Environment and size decide what the settings leave open: prod has two of what must not be missing. */
export function planMonitoring(target: ClusterTarget, settings: MonitoringSettings): MonitoringPlan {
  const size = sizeIn(target, settings.size);
  const thresholds = { ...ALERT_THRESHOLDS, ...settings.thresholds };
  return {
    replicas: settings.replicas ?? (target.environment === "prod" ? 2 : 1),
    retentionDays: settings.retentionDays ?? 30,
    storageGi: settings.storageGi ?? 50,
    logs: settings.logs ?? true,
    traces: settings.traces ?? true,
    logRetentionDays: settings.logRetentionDays ?? 30,
    traceRetentionDays: settings.traceRetentionDays ?? 7,
    thresholds,
    dashboards: [
      ...modelDashboards(thresholds),
      ...driftDashboards(thresholds),
      ...resourceDashboards(thresholds),
      costDashboard(settings.costRates ?? COST_RATES),
    ],
    runbookUrl: settings.runbookUrl ?? "docs/runbooks/alerts.md",
    prometheus: PROMETHEUS[size],
    store: STORE[size],
    collector: COLLECTOR[size],
  };
}
