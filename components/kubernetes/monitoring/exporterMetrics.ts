/** What runs on a cluster and tells Prometheus of it, besides Tideline's own services. */
export interface Exporter {
  /** Where the exporter documents its metrics. */
  readonly source: string;
  /** Names of those that rules and dashboards may use; histograms by their base name. */
  readonly metrics: readonly string[];
}

/** By the exporter's name. */
export const EXPORTERS: Readonly<Record<string, Exporter>> = {
  prometheus: {
    source: "https://prometheus.io/docs/concepts/jobs_instances/",
    metrics: ["up", "scrape_duration_seconds", "scrape_samples_scraped", "ALERTS", "ALERTS_FOR_STATE"],
  },
  "node-exporter": {
    source: "https://github.com/prometheus/node_exporter/blob/master/collector/fixtures/e2e-output.txt",
    metrics: [
      "node_cpu_seconds_total",
      "node_load1",
      "node_memory_MemAvailable_bytes",
      "node_memory_MemTotal_bytes",
      "node_filesystem_avail_bytes",
      "node_filesystem_size_bytes",
      "node_disk_read_bytes_total",
      "node_disk_written_bytes_total",
      "node_network_receive_bytes_total",
      "node_network_transmit_bytes_total",
    ],
  },
  "kube-state-metrics": {
    source: "https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics",
    metrics: [
      "kube_deployment_spec_replicas",
      "kube_deployment_status_replicas_available",
      "kube_horizontalpodautoscaler_spec_max_replicas",
      "kube_horizontalpodautoscaler_spec_min_replicas",
      "kube_horizontalpodautoscaler_status_current_replicas",
      "kube_horizontalpodautoscaler_status_desired_replicas",
      "kube_node_info",
      "kube_node_status_allocatable",
      "kube_node_status_capacity",
      "kube_node_status_condition",
      "kube_pod_container_resource_limits",
      "kube_pod_container_resource_requests",
      "kube_pod_container_status_restarts_total",
      "kube_pod_info",
      "kube_pod_status_phase",
      "kube_pod_status_ready",
    ],
  },
  cadvisor: {
    source: "https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md",
    metrics: [
      "container_cpu_usage_seconds_total",
      "container_cpu_cfs_periods_total",
      "container_cpu_cfs_throttled_periods_total",
      "container_memory_working_set_bytes",
      "container_network_receive_bytes_total",
      "container_network_transmit_bytes_total",
    ],
  },
  "dcgm-exporter": {
    source: "https://github.com/NVIDIA/dcgm-exporter/blob/main/etc/default-counters.csv",
    metrics: [
      "DCGM_FI_DEV_SM_CLOCK",
      "DCGM_FI_DEV_MEM_CLOCK",
      "DCGM_FI_DEV_GPU_TEMP",
      "DCGM_FI_DEV_MEMORY_TEMP",
      "DCGM_FI_DEV_POWER_USAGE",
      "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
      "DCGM_FI_DEV_GPU_UTIL",
      "DCGM_FI_DEV_MEM_COPY_UTIL",
      "DCGM_FI_DEV_XID_ERRORS",
      "DCGM_FI_DEV_FB_FREE",
      "DCGM_FI_DEV_FB_USED",
    ],
  },
  "blackbox-exporter": {
    source: "https://github.com/prometheus/blackbox_exporter#readme",
    metrics: ["probe_success", "probe_duration_seconds", "probe_http_status_code", "probe_ssl_earliest_cert_expiry"],
  },
};
