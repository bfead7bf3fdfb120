import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import type { Identity } from "../../contract";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import { customResource } from "../customResource";
import { IMAGES } from "../images";
import { standardLabels } from "../labels";
import type { IPostgresCluster, IScheduledBackup } from "../operatorTypes";
import type { ClusterTarget } from "../target";

export interface PostgresArgs {
  readonly target: ClusterTarget;
  /** Object store of its backups: base backups each night, and each segment of the log as it is written. */
  readonly backupUrl: pulumi.Input<string>;
  /** Identity that may write there, for the service account `tideline-db` of namespace cnpg. @default what the node may */
  readonly identity?: Pick<Identity, "serviceAccountAnnotations">;
  /** One that is written to, the others copies that take over. @default 3 */
  readonly instances?: number;
  /** Disk of each instance, GiB. @default 50 */
  readonly diskGb?: number;
  /** Days that backups, and with them any point in time, are kept. @default 30 */
  readonly backupDays?: number;
  /** @default the cluster's default class */
  readonly storageClass?: string;
}

const NAMESPACE = "cnpg";
const CLUSTER = "tideline-db";
const STORE = "tideline-db-backups";
const PLUGIN = "barman-cloud.cloudnative-pg.io";

/** Where backups go, for the plug-in. Source: CloudNativePG's Barman Cloud plug-in, API v1. */
interface IObjectStore {
  readonly apiVersion: "barmancloud.cnpg.io/v1";
  readonly kind: "ObjectStore";
  readonly spec: { readonly retentionPolicy: string; readonly configuration: Readonly<Record<string, unknown>> };
}

/** Postgres inside the cluster, for clusters without a managed one: CloudNativePG, with backups to any point in time. */
export class Postgres extends pulumi.ComponentResource {
  /** Host of the instance that is written to, wherever it is. */
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly username: pulumi.Output<string>;
  /** Secret of the namespace that the operator makes, with keys username, password and uri. */
  readonly credentialsSecret = `${CLUSTER}-app`;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("Postgres", name, postgresProblems(args));
    super("tideline:kubernetes:Postgres", name, {}, opts);
    this.host = pulumi.output(`${CLUSTER}-rw.${NAMESPACE}.svc.cluster.local`);
    this.port = pulumi.output(5432);
    this.databaseName = pulumi.output("tideline");
    this.username = pulumi.output("tideline");
    const backups = createOperator(this, name, args, opts?.dependsOn);
    const annotations = pulumi.output(args.identity?.serviceAccountAnnotations ?? {});
    const cluster = customResource<IPostgresCluster>(
      `${name}-cluster`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "Cluster",
        metadata: { name: CLUSTER, namespace: NAMESPACE, labels: standardLabels(CLUSTER) },
        spec: annotations.apply((known) => clusterSpec(args, known)),
      },
      { parent: this, dependsOn: backups, protect: args.target.environment === "prod" },
    );
    customResource<IScheduledBackup>(
      `${name}-nightly`,
      {
        apiVersion: "postgresql.cnpg.io/v1",
        kind: "ScheduledBackup",
        metadata: { name: CLUSTER, namespace: NAMESPACE, labels: standardLabels(CLUSTER) },
        spec: {
          // With seconds in front, as the operator reads it.
          schedule: "0 0 1 * * *",
          immediate: true,
          backupOwnerReference: "cluster",
          cluster: { name: CLUSTER },
          method: "plugin",
          pluginConfiguration: { name: PLUGIN },
        },
      },
      { parent: this, dependsOn: cluster },
    );
    this.registerOutputs({ host: this.host, port: this.port, databaseName: this.databaseName });
  }
}

type Dependencies = pulumi.ComponentResourceOptions["dependsOn"];

/** The operator, its plug-in for object stores, and where backups go. */
function createOperator(parent: Postgres, name: string, args: PostgresArgs, dependsOn: Dependencies) {
  const { backupUrl, backupDays = 30 } = args;
  const resources = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } };
  const operator = new PinnedChart<{ readonly replicaCount: number; readonly resources: object }>(
    `${name}-chart`,
    {
      chart: CHARTS.cloudNativePg,
      namespace: NAMESPACE,
      values: { replicaCount: args.target.environment === "prod" ? 2 : 1, resources },
    },
    { parent, ...(dependsOn ? { dependsOn } : {}) },
  );
  const plugin = new PinnedChart<{ readonly resources: object }>(
    `${name}-backup-chart`,
    { chart: CHARTS.barmanCloud, namespace: NAMESPACE, values: { resources } },
    { parent, dependsOn: operator },
  );
  return customResource<IObjectStore>(
    `${name}-backups`,
    {
      apiVersion: "barmancloud.cnpg.io/v1",
      kind: "ObjectStore",
      metadata: { name: STORE, namespace: NAMESPACE, labels: standardLabels(STORE) },
      spec: pulumi.output(backupUrl).apply((url) => ({
        retentionPolicy: `${backupDays}d`,
        configuration: { ...barmanStore(url), wal: { compression: "gzip" }, data: { compression: "gzip" } },
      })),
    },
    { parent, dependsOn: plugin },
  );
}

function clusterSpec(args: PostgresArgs, annotations: Record<string, string>): IPostgresCluster["spec"] {
  const { target, instances = 3, diskGb = 50, storageClass } = args;
  const volume = (size: number) => ({ size: `${size}Gi`, ...(storageClass === undefined ? {} : { storageClass }) });
  return {
    instances,
    imageName: IMAGES.postgres,
    primaryUpdateStrategy: "unsupervised",
    primaryUpdateMethod: "switchover",
    enableSuperuserAccess: false,
    bootstrap: { initdb: { database: "tideline", owner: "tideline", dataChecksums: true } },
    storage: volume(diskGb),
    walStorage: volume(Math.max(5, Math.ceil(diskGb / 5))),
    postgresql: {
      parameters: { max_connections: "200", shared_buffers: "512MB", password_encryption: "scram-sha-256" },
      pg_hba: ["hostssl all all all scram-sha-256"],
      // A write is answered once one copy has it too; with a single instance there is none to wait for.
      ...(instances > 1 ? { synchronous: { method: "any", number: 1, dataDurability: "preferred" } } : {}),
    },
    affinity: { enablePodAntiAffinity: true, topologyKey: "kubernetes.io/hostname", podAntiAffinityType: "preferred" },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "cnpg.io/cluster": CLUSTER } },
      },
    ],
    resources: { requests: { cpu: "500m", memory: "1Gi" }, limits: { memory: "2Gi" } },
    priorityClassName: "tideline-platform",
    serviceAccountTemplate: { metadata: { annotations } },
    ...(target.cloud === "azure" ? { inheritedMetadata: { labels: { "azure.workload.identity/use": "true" } } } : {}),
    plugins: [{ name: PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: STORE } }],
  };
}

/**
 * Where and under which identity the plug-in writes: always the pod's own, never a key.
 * @throws {Error} when the URL is none of a cloud's object stores.
 */
export function barmanStore(url: string): Readonly<Record<string, unknown>> {
  const [, scheme, bucket, query = ""] = /^(s3|gs|azblob):\/\/([^/?]+)\/?(?:\?(.*))?$/.exec(url) ?? [];
  const account = new URLSearchParams(query).get("account");
  if (scheme === "s3") {
    return { destinationPath: `s3://${bucket}/postgres`, s3Credentials: { inheritFromIAMRole: true } };
  }
  if (scheme === "gs") {
    return { destinationPath: `gs://${bucket}/postgres`, googleCredentials: { gkeEnvironment: true } };
  }
  if (scheme === "azblob" && account) {
    return {
      destinationPath: `https://${account}.blob.core.windows.net/${bucket}/postgres`,
      azureCredentials: { inheritFromAzureAD: true },
    };
  }
  throw new Error(
    `Postgres cannot be backed up to ${JSON.stringify(url)}; give s3://BUCKET, gs://BUCKET or azblob://CONTAINER?account=ACCOUNT.`,
  );
}

/** All that is wrong with the arguments. */
export function postgresProblems({
  instances = 3,
  diskGb = 50,
  backupDays = 30,
}: PostgresArgs): readonly ArgumentProblem[] {
  const whole = (path: string, value: number, least: number, most: number) =>
    problemIf(
      !Number.isInteger(value) || value < least || value > most,
      path,
      `is ${value}; give a whole number from ${least} to ${most}.`,
    );
  return [
    ...whole("instances", instances, 1, 9),
    ...whole("diskGb", diskGb, 5, 16_384),
    ...whole("backupDays", backupDays, 1, 365),
  ];
}
