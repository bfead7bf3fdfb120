import { GATEWAY, ML_PLATFORM } from "../namespaces";
import type { Duration } from "./rule";

interface RelabelRule {
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly target_label?: string;
  readonly replacement?: string;
  readonly action?: "keep" | "drop" | "replace";
}

/** A scrape job in Prometheus's own format, as far as Tideline uses it. */
export interface ScrapeJob {
  readonly job_name: string;
  readonly metrics_path: string;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly scrape_interval: Duration;
  readonly scrape_timeout: Duration;
  readonly static_configs?: readonly { readonly targets: readonly string[] }[];
  readonly kubernetes_sd_configs?: readonly {
    readonly role: "service" | "pod";
    readonly namespaces: { readonly names: readonly string[] };
  }[];
  readonly relabel_configs: readonly RelabelRule[];
}

/** Where the blackbox exporter listens. */
export const BLACKBOX_ADDRESS = "prometheus-blackbox-exporter.monitoring.svc:9115";

/**
 * What no ServiceMonitor covers: probes of addresses from outside, probes of every service of ml-platform from inside,
 * and the gateway, which counts requests for models that have no pod.
 */
export function scrapeJobs(probedUrls: readonly string[]): readonly ScrapeJob[] {
  return [...(probedUrls.length > 0 ? [urlProbes(probedUrls)] : []), SERVICE_PROBES, GATEWAY_PODS];
}

const BLACKBOX_RELABELING: readonly RelabelRule[] = [
  { source_labels: ["__address__"], target_label: "__param_target" },
  { source_labels: ["__param_target"], target_label: "instance" },
  { target_label: "__address__", replacement: BLACKBOX_ADDRESS },
];

function urlProbes(targets: readonly string[]): ScrapeJob {
  return {
    job_name: "probe-urls",
    metrics_path: "/probe",
    params: { module: ["http_2xx"] },
    scrape_interval: "30s",
    scrape_timeout: "15s",
    static_configs: [{ targets }],
    relabel_configs: BLACKBOX_RELABELING,
  };
}

const SERVICE_PROBES: ScrapeJob = {
  job_name: "probe-services",
  metrics_path: "/probe",
  params: { module: ["http_2xx"] },
  scrape_interval: "30s",
  scrape_timeout: "15s",
  kubernetes_sd_configs: [{ role: "service", namespaces: { names: [ML_PLATFORM] } }],
  relabel_configs: [
    { source_labels: ["__meta_kubernetes_service_port_name"], regex: "http", action: "keep" },
    {
      source_labels: ["__address__"],
      regex: "(.+)",
      target_label: "__address__",
      replacement: "http://$1/health/ready",
    },
    ...BLACKBOX_RELABELING,
    { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
    { source_labels: ["__meta_kubernetes_service_name"], target_label: "service" },
  ],
};

/** One target a pod, at the port where its agent adds what Envoy counts. Source: istio.io, "Prometheus". */
const GATEWAY_PODS: ScrapeJob = {
  job_name: "gateway",
  metrics_path: "/stats/prometheus",
  scrape_interval: "15s",
  scrape_timeout: "10s",
  kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [GATEWAY] } }],
  relabel_configs: [
    { source_labels: ["__meta_kubernetes_pod_container_port_name"], regex: ".*-envoy-prom", action: "keep" },
    {
      source_labels: ["__meta_kubernetes_pod_ip"],
      regex: "(.+)",
      target_label: "__address__",
      replacement: "$1:15020",
    },
    { source_labels: ["__meta_kubernetes_namespace"], target_label: "namespace" },
    { source_labels: ["__meta_kubernetes_pod_name"], target_label: "pod" },
  ],
};
