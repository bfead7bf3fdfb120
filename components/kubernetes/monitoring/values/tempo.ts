import { RESTRICTED_CONTAINER, restrictedPod } from "../../podSecurity";
import { folderIn, type TelemetryStore } from "../telemetryStore";
import { ADDRESSES } from "./addresses";
import type { ChartAccount, Resources } from "./pod";

export interface TempoValuesArgs {
  readonly store: TelemetryStore;
  readonly retentionDays: number;
  readonly storageGi: number;
  readonly resources: Resources;
  readonly account: ChartAccount;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** The values of Tempo's chart that Tideline sets. */
export type TempoValues = ReturnType<typeof tempoValues>;

/** Takes OTLP, keeps traces in the store, and tells Prometheus how often and how long services call each other. */
export function tempoValues({ store, retentionDays, storageGi, account, podLabels, ...args }: TempoValuesArgs) {
  const endpoint = (port: number) => ({ endpoint: `0.0.0.0:${port}` });
  return {
    tempo: {
      resources: args.resources,
      reportingEnabled: false,
      retention: `${retentionDays * 24}h`,
      metricsGenerator: { enabled: true, remoteWriteUrl: `${ADDRESSES.prometheus}/api/v1/write` },
      overrides: { defaults: { metrics_generator: { processors: ["service-graphs", "span-metrics"] } } },
      receivers: { otlp: { protocols: { grpc: endpoint(4317), http: endpoint(4318) } } },
      storage: { trace: { ...traceStore(store), wal: { path: "/var/tempo/wal" } } },
      securityContext: RESTRICTED_CONTAINER,
    },
    securityContext: restrictedPod(10_001),
    persistence: { enabled: true, size: `${storageGi}Gi` },
    serviceAccount: account,
    podLabels,
    serviceMonitor: { enabled: true },
  };
}

/** Credentials come from the pod's cloud identity, never from here. */
function traceStore(store: TelemetryStore) {
  if (store.kind === "disk") return { backend: "local", local: { path: "/var/tempo/traces" } };
  const prefix = folderIn(store.prefix, "tempo");
  if (store.kind === "gcs") return { backend: "gcs", gcs: { bucket_name: store.bucket, prefix } };
  if (store.kind === "azure") {
    const { account, container } = store;
    const azure = { storage_account_name: account, container_name: container, use_federated_token: true, prefix };
    return { backend: "azure", azure };
  }
  const { bucket, region } = store;
  return { backend: "s3", s3: { bucket, region, endpoint: `s3.${region}.amazonaws.com`, prefix } };
}
