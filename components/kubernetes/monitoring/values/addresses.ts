/** Where the parts of monitoring reach each other, and where others reach them. */
export const ADDRESSES = {
  prometheus: "http://monitoring-prometheus.monitoring.svc:9090",
  alertmanager: "http://monitoring-alertmanager.monitoring.svc:9093",
  loki: "http://loki.logging.svc:3100",
  tempo: "http://tempo.monitoring.svc:3200",
  tempoOtlp: "tempo.monitoring.svc:4317",
  /** OTLP over HTTP: where services send their traces. */
  collector: "http://opentelemetry-collector.monitoring.svc:4318",
} as const;
