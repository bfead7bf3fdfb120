import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Foundation } from "../contract";
import type { GcpContacts } from "./alarmChannel";
import { GcpAlarms } from "./alarms";
import { GcpApis } from "./apis";
import { GcpCache, type GcpCacheArgs } from "./cache";
import { GcpCluster, type GcpClusterArgs } from "./cluster";
import { GcpDatabase, type GcpDatabaseArgs } from "./database";
import { GcpDataset } from "./dataset";
import { foundationProblems } from "./foundationProblems";
import { type BucketAccess, GcpIdentity } from "./identity";
import { GcpNetwork, type GcpNetworkArgs } from "./network";
import { type GcpBucket, GcpObjectStore, type GcpObjectStoreArgs } from "./objectStore";
import type { GcpPlace } from "./place";
import { GcpRegistry } from "./registry";
import { GcpSecrets } from "./secrets";

/** A workload and what it may reach. */
export interface GcpWorkload {
  /** Kubernetes namespace and service account. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** @default no bucket */
  readonly buckets?: Readonly<Partial<Record<GcpBucket, BucketAccess>>>;
  /** Whether it connects to the database, and so reads its password. @default false */
  readonly database?: boolean;
}

export interface GcpFoundationArgs extends Omit<GcpPlace, "project"> {
  /** Project id, known while planning. */
  readonly project: string;
  readonly network: Pick<GcpNetworkArgs, "cidr" | "zones" | "nat" | "flowLogShare">;
  readonly cluster: Pick<
    GcpClusterArgs,
    | "version"
    | "publicAccessCidrs"
    | "privateAccessCidrs"
    | "nodePools"
    | "dnsEndpoint"
    | "releaseChannel"
    | "maintenanceExclusions"
    | "binaryAuthorization"
    | "administrator"
  >;
  readonly database: Pick<
    GcpDatabaseArgs,
    "machineType" | "storageGb" | "highlyAvailable" | "backupRetentionDays" | "backupLocation" | "postgresVersion"
  >;
  /** @default each component's own */
  readonly cache?: Pick<GcpCacheArgs, "memoryGb" | "highlyAvailable" | "readReplicas">;
  readonly objects?: Pick<GcpObjectStoreArgs, "versionsKept" | "coldAfterDays">;
  /** @default the bundled services' */
  readonly identities?: Readonly<Record<string, GcpWorkload>>;
  readonly alarms?: {
    readonly contacts?: GcpContacts;
    readonly budget?: { readonly billingAccount: string; readonly monthly: number; readonly currency?: string };
    readonly endpoints?: Readonly<Record<string, { readonly host: string; readonly path?: string }>>;
  };
  /** Whether cluster, database, cache and filled buckets refuse to go. @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

const NAMESPACE = "ml-platform";

/** What the bundled services reach; nothing else may. */
const WORKLOADS: Readonly<Record<string, GcpWorkload>> = {
  serving: { namespace: NAMESPACE, serviceAccount: "serving", buckets: { models: "read" } },
  training: {
    namespace: NAMESPACE,
    serviceAccount: "training",
    buckets: { models: "readWrite", artifacts: "readWrite", data: "read" },
  },
  drift: { namespace: NAMESPACE, serviceAccount: "drift", database: true },
};

/** All of a stack's Google Cloud: network, cluster, database, buckets, cache, registry, dataset, keys and alarms. */
export class GcpFoundation extends pulumi.ComponentResource implements Foundation {
  readonly network: GcpNetwork;
  readonly cluster: GcpCluster;
  readonly database: GcpDatabase;
  readonly objects: GcpObjectStore;
  readonly cache: GcpCache;
  readonly registry: GcpRegistry;
  readonly secrets: GcpSecrets;
  readonly alarms: GcpAlarms;
  readonly dataset: GcpDataset;
  readonly identities: Readonly<Record<string, GcpIdentity>>;

  constructor(name: string, args: GcpFoundationArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpFoundation", name, foundationProblems(args));
    super("tideline:gcp:Foundation", name, {}, opts);
    const { stack, environment, region, deletionProtection } = args;
    const apis = new GcpApis(`${name}-apis`, { project: args.project }, { parent: this });
    const place = { stack, environment, region, project: apis.project, deletionProtection };
    const part = { parent: this };
    this.network = new GcpNetwork(`${name}-network`, { ...place, ...args.network }, part);
    this.secrets = new GcpSecrets(`${name}-secrets`, { ...place, after: apis.enabled }, part);
    const { network, secrets } = this;
    const { keys } = secrets;
    this.registry = new GcpRegistry(`${name}-registry`, { ...place, key: keys.registry }, part);
    this.objects = new GcpObjectStore(`${name}-objects`, { ...place, key: keys.objects, ...args.objects }, part);
    this.dataset = new GcpDataset(`${name}-features`, { ...place, key: keys.datasets }, part);
    this.database = new GcpDatabase(`${name}-database`, { ...place, network, keys, ...args.database }, part);
    this.cache = new GcpCache(`${name}-cache`, { ...place, network, keys, ...args.cache }, part);
    this.cluster = new GcpCluster(`${name}-cluster`, { ...place, network, keys, ...args.cluster }, part);
    this.identities = Object.fromEntries(
      Object.entries(args.identities ?? WORKLOADS).map(([workload, wanted]) => [
        workload,
        this.identity(`${name}-${workload}`, place, wanted),
      ]),
    );
    this.alarms = new GcpAlarms(
      `${name}-alarms`,
      {
        ...place,
        ...args.alarms,
        projectNumber: secrets.projectNumber,
        key: keys.alarms,
        watched: {
          clusterName: this.cluster.clusterName,
          // PROJECT:REGION:INSTANCE without the region.
          databaseId: this.database.connectionName.apply((id) => id.replace(/^(.*):[^:]*:([^:]*)$/, "$1:$2")),
          cacheId: this.cache.instanceId,
        },
      },
      part,
    );
    this.registerOutputs({ clusterName: this.cluster.clusterName, registryUrl: this.registry.url });
  }

  private identity(name: string, place: GcpPlace, { namespace, serviceAccount, buckets = {}, database }: GcpWorkload) {
    const access = Object.entries(buckets) as [GcpBucket, BucketAccess][];
    return new GcpIdentity(
      name,
      {
        ...place,
        namespace,
        serviceAccount,
        workloadPool: this.cluster.workloadPool,
        buckets: Object.fromEntries(
          access.map(([bucket, wanted]) => [bucket, { bucket: this.objects.buckets[bucket], access: wanted }]),
        ),
        secrets: database ? { "database-password": this.database.passwordSecret } : {},
        roles: database ? ["roles/cloudsql.client"] : [],
      },
      { parent: this },
    );
  }
}
