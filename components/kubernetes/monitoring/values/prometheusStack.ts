import { RESTRICTED_CONTAINER, restrictedPod } from "../../podSecurity";
import type { AlertmanagerConfig } from "../alertmanagerConfig";
import type { ScrapeJob } from "../scrapeJobs";
import { ADDRESSES } from "./addresses";
import { type ChartAccount, EVERY_NODE, type Resources, resources } from "./pod";

export interface PrometheusStackArgs {
  readonly replicas: number;
  readonly retentionDays: number;
  readonly storageGi: number;
  readonly resources: Resources;
  readonly scrapeJobs: readonly ScrapeJob[];
  readonly alertmanager: AlertmanagerConfig;
  readonly alertmanagerAccount: ChartAccount;
  /** Secret with the receivers' addresses; none when nobody is told. */
  readonly receiversSecret?: string;
  /** Secret with the keys admin-user and admin-password. */
  readonly grafanaSecret: string;
  /** Label of ConfigMaps that hold dashboards. */
  readonly dashboardLabel: string;
  readonly logs: boolean;
  readonly traces: boolean;
}

/** The values of kube-prometheus-stack that Tideline sets. */
export type PrometheusStackValues = ReturnType<typeof prometheusStackValues>;

/** Prometheus with its operator, Alertmanager, Grafana, node exporter and kube-state-metrics. */
export function prometheusStackValues(args: PrometheusStackArgs) {
  return {
    fullnameOverride: "monitoring",
    crds: { enabled: true },
    // The clouds run the control plane and show none of these.
    kubeEtcd: { enabled: false },
    kubeScheduler: { enabled: false },
    kubeControllerManager: { enabled: false },
    kubeProxy: { enabled: false },
    defaultRules: { rules: HIDDEN_RULES },
    prometheusOperator: {
      resources: resources("100m", "256Mi"),
      securityContext: restrictedPod(65_534),
      containerSecurityContext: RESTRICTED_CONTAINER,
    },
    prometheus: { prometheusSpec: prometheusSpec(args) },
    alertmanager: alertmanager(args),
    grafana: grafana(args),
    "kube-state-metrics": { fullnameOverride: "kube-state-metrics", resources: resources("50m", "256Mi") },
    "prometheus-node-exporter": {
      fullnameOverride: "node-exporter",
      tolerations: EVERY_NODE,
      resources: resources("50m", "64Mi"),
    },
  };
}

/** Rules of the chart on parts that the clouds hide. */
const HIDDEN_RULES = {
  etcd: false,
  kubeControllerManager: false,
  kubeProxy: false,
  kubeSchedulerAlerting: false,
  kubeSchedulerRecording: false,
};

function prometheusSpec({ replicas, retentionDays, storageGi, resources: size, scrapeJobs }: PrometheusStackArgs) {
  return {
    replicas,
    retention: `${retentionDays}d`,
    // Room for the write-ahead log and for a compaction; a full volume would stop Prometheus.
    retentionSize: `${Math.floor(storageGi * 0.85)}GiB`,
    storageSpec: volume(storageGi),
    resources: size,
    podAntiAffinity: replicas > 1 ? "hard" : "soft",
    securityContext: restrictedPod(65_534),
    // Tempo writes what it counts in traces, and the collector what services send.
    enableRemoteWriteReceiver: true,
    enableOTLPReceiver: true,
    // Otherwise only objects that the chart itself made would count.
    ruleSelectorNilUsesHelmValues: false,
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
    scrapeConfigSelectorNilUsesHelmValues: false,
    additionalScrapeConfigs: scrapeJobs,
  };
}

function alertmanager({ replicas, receiversSecret, ...args }: PrometheusStackArgs) {
  return {
    config: args.alertmanager,
    serviceAccount: args.alertmanagerAccount,
    alertmanagerSpec: {
      // Two that tell each other what they have sent.
      replicas,
      retention: "120h",
      storage: volume(2),
      resources: resources("20m", "128Mi"),
      podAntiAffinity: replicas > 1 ? "hard" : "soft",
      securityContext: restrictedPod(65_534),
      secrets: receiversSecret === undefined ? [] : [receiversSecret],
    },
  };
}

function grafana({ grafanaSecret, dashboardLabel, logs, traces }: PrometheusStackArgs) {
  return {
    fullnameOverride: "grafana",
    admin: { existingSecret: grafanaSecret, userKey: "admin-user", passwordKey: "admin-password" },
    resources: resources("100m", "512Mi"),
    securityContext: restrictedPod(472),
    containerSecurityContext: RESTRICTED_CONTAINER,
    // It would change the owner of files as root.
    initChownData: { enabled: false },
    "grafana.ini": {
      analytics: { reporting_enabled: false, check_for_updates: false, check_for_plugin_updates: false },
      "auth.anonymous": { enabled: false },
      users: { allow_sign_up: false },
    },
    sidecar: {
      dashboards: { enabled: true, label: dashboardLabel, labelValue: "1", searchNamespace: "monitoring" },
      datasources: { enabled: true },
    },
    additionalDataSources: [
      ...(logs ? [{ name: "Loki", uid: "loki", type: "loki", access: "proxy", url: ADDRESSES.loki }] : []),
      ...(traces ? [tempoSource(logs)] : []),
    ],
  };
}

function tempoSource(logs: boolean) {
  return {
    name: "Tempo",
    uid: "tempo",
    type: "tempo",
    access: "proxy",
    url: ADDRESSES.tempo,
    jsonData: {
      serviceMap: { datasourceUid: "prometheus" },
      ...(logs ? { tracesToLogsV2: { datasourceUid: "loki", filterByTraceID: true } } : {}),
    },
  };
}

function volume(gi: number) {
  return {
    volumeClaimTemplate: {
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: `${gi}Gi` } } },
    },
  };
}
