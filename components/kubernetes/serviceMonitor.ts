/** What Prometheus's operator scrapes. Source: prometheus-operator, ServiceMonitor v1. */
export interface ServiceMonitor {
  readonly apiVersion: "monitoring.coreos.com/v1";
  readonly kind: "ServiceMonitor";
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly targetLabels: readonly string[];
    readonly endpoints: readonly {
      readonly port: string;
      readonly path: string;
      readonly interval: string;
      readonly scrapeTimeout: string;
    }[];
  };
}

/** Scrapes the port `http` of the services that the labels select, every 15 s. */
export function serviceMonitor(matchLabels: Readonly<Record<string, string>>, path: string): ServiceMonitor["spec"] {
  return {
    selector: { matchLabels },
    targetLabels: ["app.kubernetes.io/name", "app.kubernetes.io/instance", "modelVersion"],
    endpoints: [{ port: "http", path, interval: "15s", scrapeTimeout: "10s" }],
  };
}
