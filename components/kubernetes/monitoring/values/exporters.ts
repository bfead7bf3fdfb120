import { RESTRICTED_CONTAINER, restrictedPod } from "../../podSecurity";
import { ADAPTER_RULES } from "../adapterRules";
import { resources } from "./pod";

/** The values of the blackbox exporter's chart that Tideline sets. */
export type BlackboxValues = ReturnType<typeof blackboxValues>;

/** Asks addresses as a caller would: over HTTP, following redirects, with a valid certificate. */
export function blackboxValues(replicas: number) {
  return {
    replicas,
    resources: resources("20m", "64Mi"),
    podSecurityContext: restrictedPod(1000),
    securityContext: RESTRICTED_CONTAINER,
    config: {
      modules: {
        http_2xx: {
          prober: "http",
          timeout: "10s",
          http: { valid_http_versions: ["HTTP/1.1", "HTTP/2.0"], follow_redirects: true, preferred_ip_protocol: "ip4" },
        },
      },
    },
  };
}

/** The values of prometheus-adapter's chart that Tideline sets. */
export type AdapterValues = ReturnType<typeof adapterValues>;

/** Offers autoscalers what Prometheus knows of pods, and nothing else. */
export function adapterValues(replicas: number, prometheus: { readonly host: string; readonly port: number }) {
  return {
    replicas,
    resources: resources("50m", "256Mi"),
    podSecurityContext: restrictedPod(10_001),
    securityContext: RESTRICTED_CONTAINER,
    prometheus: { url: prometheus.host, port: prometheus.port },
    // An autoscaler looks every 15 s.
    metricsRelistInterval: "1m",
    rules: { default: false, custom: ADAPTER_RULES },
  };
}
