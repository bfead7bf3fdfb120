import { folderIn, type TelemetryStore } from "./telemetryStore";

export interface LokiConfigArgs {
  readonly store: TelemetryStore;
  /** Pods of Loki that share the store. */
  readonly replicas: number;
  readonly retentionDays: number;
}

/** Loki's name of a kind of store. */
type ObjectStoreName = "s3" | "gcs" | "azure" | "filesystem";

/** Loki's configuration, as far as Tideline uses it. Source: grafana.com, "Grafana Loki configuration parameters". */
export interface LokiConfig {
  readonly auth_enabled: boolean;
  readonly server: { readonly http_listen_port: number; readonly grpc_listen_port: number };
  readonly common: {
    readonly path_prefix: string;
    readonly replication_factor: number;
    readonly ring: { readonly kvstore: { readonly store: "inmemory" | "memberlist" } };
    readonly storage: Readonly<Record<string, unknown>>;
  };
  readonly memberlist?: { readonly join_members: readonly string[] };
  readonly schema_config: LokiSchema;
  readonly storage_config: { readonly object_prefix?: string };
  readonly limits_config: Readonly<Record<string, string | number | boolean>>;
  readonly compactor: Readonly<Record<string, string | boolean>>;
  readonly analytics: { readonly reporting_enabled: boolean };
}

interface LokiSchema {
  readonly configs: readonly {
    readonly from: string;
    readonly store: "tsdb";
    readonly object_store: ObjectStoreName;
    readonly schema: "v13";
    readonly index: { readonly prefix: string; readonly period: "24h" };
  }[];
}

/** Where the chart has a writable volume. */
const DATA = "/var/loki";
/** From when on the schema holds; before the first cluster of Tideline, so that all logs have it. */
const SCHEMA_FROM = "2026-01-01";

/** One Loki program that does everything, in as many pods as share the store. */
export function lokiConfig({ store, replicas, retentionDays }: LokiConfigArgs): LokiConfig {
  const objectStore = storeName(store);
  const many = replicas > 1;
  return {
    auth_enabled: false,
    server: { http_listen_port: 3100, grpc_listen_port: 9095 },
    common: {
      path_prefix: DATA,
      replication_factor: Math.min(3, replicas),
      ring: { kvstore: { store: many ? "memberlist" : "inmemory" } },
      storage: storage(store),
    },
    ...(many ? { memberlist: { join_members: ["loki-memberlist.logging.svc.cluster.local"] } } : {}),
    schema_config: {
      configs: [
        {
          from: SCHEMA_FROM,
          store: "tsdb",
          object_store: objectStore,
          schema: "v13",
          index: { prefix: "loki_index_", period: "24h" },
        },
      ],
    },
    storage_config: store.kind === "disk" ? {} : { object_prefix: `${folderIn(store.prefix, "loki")}/` },
    limits_config: {
      retention_period: `${retentionDays * 24}h`,
      allow_structured_metadata: true,
      reject_old_samples: true,
      reject_old_samples_max_age: "168h",
      ingestion_rate_mb: 16,
      ingestion_burst_size_mb: 32,
      max_query_series: 5000,
    },
    compactor: {
      working_directory: `${DATA}/compactor`,
      retention_enabled: true,
      delete_request_store: objectStore,
    },
    analytics: { reporting_enabled: false },
  };
}

/** What Loki and its chart call the kind of a store. */
export function storeName({ kind }: TelemetryStore): ObjectStoreName {
  return kind === "disk" ? "filesystem" : kind;
}

/** Credentials come from the pod's cloud identity, never from here. */
function storage(store: TelemetryStore): Readonly<Record<string, unknown>> {
  if (store.kind === "s3") return { s3: { bucketnames: store.bucket, region: store.region } };
  if (store.kind === "gcs") return { gcs: { bucket_name: store.bucket } };
  if (store.kind === "disk") {
    return { filesystem: { chunks_directory: `${DATA}/chunks`, rules_directory: `${DATA}/rules` } };
  }
  const { account, container } = store;
  return { azure: { account_name: account, container_name: container, use_federated_token: true } };
}
