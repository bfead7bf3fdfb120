/** A chart of a third party: where it is published, its name there, and the one version of it that is installed. */
export interface ChartSource {
  /** HTTPS address of a chart repository, or the oci:// address that the chart's name is appended to. */
  readonly repo: string;
  readonly chart: string;
  /** Exactly one; never a range. */
  readonly version: string;
  /** Name of the release when none is given. @default the chart's */
  readonly release?: string;
}

const ARGO = "https://argoproj.github.io/argo-helm";
const ISTIO = "https://istio-release.storage.googleapis.com/charts";
const ISTIO_VERSION = "1.30.2";
const PROMETHEUS = "https://prometheus-community.github.io/helm-charts";
const GRAFANA = "https://grafana.github.io/helm-charts";

/** Every third-party chart, by what Tideline calls it. Versions are the newest that public manifests of mid-2026 pin. */
export const CHARTS = {
  argoCd: { repo: ARGO, chart: "argo-cd", version: "10.1.3", release: "argocd" },
  argoRollouts: { repo: ARGO, chart: "argo-rollouts", version: "2.40.4" },
  blackboxExporter: { repo: PROMETHEUS, chart: "prometheus-blackbox-exporter", version: "11.9.1" },
  certManager: { repo: "https://charts.jetstack.io", chart: "cert-manager", version: "v1.20.2" },
  chaosMesh: { repo: "https://charts.chaos-mesh.org", chart: "chaos-mesh", version: "2.8.4" },
  barmanCloud: { repo: "https://cloudnative-pg.github.io/charts", chart: "plugin-barman-cloud", version: "0.8.0" },
  cloudNativePg: { repo: "https://cloudnative-pg.github.io/charts", chart: "cloudnative-pg", version: "0.29.0" },
  dcgmExporter: {
    repo: "https://nvidia.github.io/dcgm-exporter/helm-charts",
    chart: "dcgm-exporter",
    version: "4.6.0",
  },
  externalSecrets: { repo: "https://charts.external-secrets.io", chart: "external-secrets", version: "2.7.0" },
  falco: { repo: "https://falcosecurity.github.io/charts", chart: "falco", version: "9.1.0" },
  grafana: { repo: GRAFANA, chart: "grafana", version: "10.5.15" },
  istioBase: { repo: ISTIO, chart: "base", version: ISTIO_VERSION, release: "istio-base" },
  istiod: { repo: ISTIO, chart: "istiod", version: ISTIO_VERSION },
  keda: { repo: "https://kedacore.github.io/charts", chart: "keda", version: "2.20.1" },
  kubePrometheusStack: { repo: PROMETHEUS, chart: "kube-prometheus-stack", version: "87.15.1" },
  kubeStateMetrics: { repo: PROMETHEUS, chart: "kube-state-metrics", version: "7.8.1" },
  loki: { repo: GRAFANA, chart: "loki", version: "7.0.0" },
  oauth2Proxy: { repo: "https://oauth2-proxy.github.io/manifests", chart: "oauth2-proxy", version: "10.7.0" },
  openTelemetryCollector: {
    repo: "https://open-telemetry.github.io/opentelemetry-helm-charts",
    chart: "opentelemetry-collector",
    version: "0.158.3",
  },
  prometheus: { repo: PROMETHEUS, chart: "prometheus", version: "29.17.0" },
  prometheusAdapter: { repo: PROMETHEUS, chart: "prometheus-adapter", version: "5.3.0" },
  strimzi: { repo: "https://strimzi.io/charts", chart: "strimzi-kafka-operator", version: "1.0.0" },
  nvidiaDevicePlugin: {
    repo: "https://nvidia.github.io/k8s-device-plugin",
    chart: "nvidia-device-plugin",
    version: "0.17.1",
  },
  /** Pipelines and triggers come by the operator, as their objects say. */
  tektonOperator: { repo: "oci://ghcr.io/tektoncd/operator/charts", chart: "tekton-operator", version: "0.81.1" },
  tempo: { repo: GRAFANA, chart: "tempo", version: "1.24.4" },
  trivyOperator: { repo: "https://aquasecurity.github.io/helm-charts", chart: "trivy-operator", version: "0.34.0" },
  vault: { repo: "https://helm.releases.hashicorp.com", chart: "vault", version: "0.34.0" },
  velero: { repo: "https://vmware-tanzu.github.io/helm-charts", chart: "velero", version: "12.1.0" },
} as const satisfies Readonly<Record<string, ChartSource>>;
