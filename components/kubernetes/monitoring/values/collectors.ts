import { RESTRICTED_CONTAINER, restrictedPod } from "../../podSecurity";
import { ADDRESSES } from "./addresses";
import { EVERY_NODE, type Resources, resources } from "./pod";

/** The distribution that has what Kubernetes needs and little else. */
const IMAGE = { repository: "otel/opentelemetry-collector-k8s" };
const COMMAND = { name: "otelcol-k8s" };

/** Receivers of the chart that nothing here speaks to. */
const UNUSED_RECEIVERS = { jaeger: null, zipkin: null, prometheus: null };
const UNUSED_PORTS = {
  "jaeger-compact": { enabled: false },
  "jaeger-thrift": { enabled: false },
  "jaeger-grpc": { enabled: false },
  zipkin: { enabled: false },
};
const PROCESSORS = ["memory_limiter", "k8sattributes", "batch"];

/** The values of the collector's chart that Tideline sets for the one that services send to. */
export type GatewayCollectorValues = ReturnType<typeof gatewayCollectorValues>;

/** Takes OTLP of services, adds which pod it came from, and hands traces to Tempo, logs to Loki, metrics to Prometheus. */
export function gatewayCollectorValues(args: { replicas: number; logs: boolean; resources: Resources }) {
  return {
    mode: "deployment",
    fullnameOverride: "opentelemetry-collector",
    image: IMAGE,
    command: COMMAND,
    replicaCount: args.replicas,
    resources: args.resources,
    podSecurityContext: restrictedPod(10_001),
    securityContext: RESTRICTED_CONTAINER,
    presets: { kubernetesAttributes: { enabled: true } },
    ports: UNUSED_PORTS,
    config: {
      receivers: UNUSED_RECEIVERS,
      exporters: {
        "otlp/tempo": { endpoint: ADDRESSES.tempoOtlp, tls: { insecure: true } },
        "otlphttp/prometheus": { endpoint: `${ADDRESSES.prometheus}/api/v1/otlp` },
        ...(args.logs ? { "otlphttp/loki": { endpoint: `${ADDRESSES.loki}/otlp` } } : {}),
      },
      service: {
        pipelines: {
          traces: { receivers: ["otlp"], processors: PROCESSORS, exporters: ["otlp/tempo"] },
          metrics: { receivers: ["otlp"], processors: PROCESSORS, exporters: ["otlphttp/prometheus"] },
          // Null takes a pipeline of the chart away.
          logs: args.logs ? { receivers: ["otlp"], processors: PROCESSORS, exporters: ["otlphttp/loki"] } : null,
        },
      },
    },
  };
}

/** The values of the collector's chart that Tideline sets for the one on every node. */
export type LogCollectorValues = ReturnType<typeof logCollectorValues>;

/** Reads the log files of all pods on its node and hands them to Loki. */
export function logCollectorValues() {
  return {
    mode: "daemonset",
    fullnameOverride: "log-collector",
    image: IMAGE,
    command: COMMAND,
    tolerations: EVERY_NODE,
    resources: resources("50m", "256Mi"),
    // The kubelet's log files are root's; nothing else of root's power is kept.
    securityContext: { ...RESTRICTED_CONTAINER, runAsNonRoot: false, runAsUser: 0, runAsGroup: 0 },
    presets: {
      logsCollection: { enabled: true, includeCollectorLogs: false },
      kubernetesAttributes: { enabled: true },
    },
    ports: { ...UNUSED_PORTS, otlp: { enabled: false }, "otlp-http": { enabled: false } },
    config: {
      receivers: { ...UNUSED_RECEIVERS, otlp: null },
      exporters: { "otlphttp/loki": { endpoint: `${ADDRESSES.loki}/otlp` } },
      service: {
        pipelines: {
          traces: null,
          metrics: null,
          // The preset adds the receiver that reads the files.
          logs: { receivers: [], processors: PROCESSORS, exporters: ["otlphttp/loki"] },
        },
      },
    },
  };
}
