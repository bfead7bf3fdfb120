import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import type { Identity } from "../../contract";
import { PinnedChart } from "../chart";
import { CHARTS } from "../charts";
import type { ClusterTarget } from "../target";

export interface VeleroArgs {
  readonly target: ClusterTarget;
  /** Object store that backups go to, below velero/. */
  readonly storeUrl: pulumi.Input<string>;
  /** Identity that may write there and take snapshots of disks, for the service account `velero`. */
  readonly identity: Pick<Identity, "principal" | "serviceAccountAnnotations">;
  /** Azure only: subscription and resource group of the storage account. */
  readonly azure?: { readonly subscriptionId: pulumi.Input<string>; readonly resourceGroup: pulumi.Input<string> };
  /** Cron expression, UTC. @default each day at 02:00 */
  readonly schedule?: string;
  /** Days that backups are kept, 1 to 3650. @default 30 */
  readonly keepDays?: number;
}

const NAMESPACE = "velero";

/** Plug-in of each cloud, of the release that goes with the chart's Velero 1.18. */
const PLUGINS: Readonly<Record<ClusterTarget["cloud"], { readonly provider: string; readonly image: string }>> = {
  aws: { provider: "aws", image: "docker.io/velero/velero-plugin-for-aws:v1.14.0" },
  gcp: { provider: "gcp", image: "docker.io/velero/velero-plugin-for-gcp:v1.14.0" },
  azure: { provider: "azure", image: "docker.io/velero/velero-plugin-for-microsoft-azure:v1.14.0" },
};

/** Namespaces whose contents are made again from elsewhere: what only runs on nodes, and the backups' own. */
const LEFT_OUT = ["kube-system", "kube-public", "kube-node-lease", NAMESPACE];

/** Velero: each night all objects and disks of the cluster go to the object store, and are kept 30 days. */
export class Velero extends pulumi.ComponentResource {
  constructor(name: string, args: VeleroArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("Velero", name, veleroProblems(args));
    super("tideline:kubernetes:Velero", name, {}, opts);
    const { target, storeUrl, identity } = args;
    const values = pulumi
      .all([storeUrl, target.region, identity.serviceAccountAnnotations, identity.principal, args.azure ?? {}])
      .apply(([url, region, annotations, principal, azure]) =>
        veleroValues(args, storageLocation(target.cloud, url, region, azure), annotations, principal),
      );
    new PinnedChart<VeleroValues>(
      `${name}-chart`,
      { chart: CHARTS.velero, namespace: NAMESPACE, values },
      { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) },
    );
    this.registerOutputs({ schedule: args.schedule ?? DAILY });
  }
}

const DAILY = "0 2 * * *";

/** Where backups are, and how Velero gets there. */
export interface StorageLocation {
  readonly bucket: string;
  readonly prefix: string;
  readonly config: Readonly<Record<string, string>>;
}

/**
 * A backup storage location for an object store's URL.
 * @throws {Error} when the URL is not one of the cloud's, or Azure's names are missing.
 */
export function storageLocation(
  cloud: ClusterTarget["cloud"],
  url: string,
  region: string,
  azure: { readonly subscriptionId?: string; readonly resourceGroup?: string } = {},
): StorageLocation {
  const [, scheme, bucket = "", query = ""] = /^(s3|gs|azblob):\/\/([^/?]+)\/?(?:\?(.*))?$/.exec(url) ?? [];
  if (scheme !== { aws: "s3", gcp: "gs", azure: "azblob" }[cloud]) {
    throw new Error(
      `Velero on ${cloud} cannot back up to ${JSON.stringify(url)}; give an object store of the same cloud.`,
    );
  }
  const place = { bucket, prefix: "velero" };
  if (cloud === "aws") return { ...place, config: { region: new URLSearchParams(query).get("region") ?? region } };
  if (cloud === "gcp") return { ...place, config: {} };
  const account = new URLSearchParams(query).get("account");
  const { subscriptionId, resourceGroup } = azure;
  if (!account || !subscriptionId || !resourceGroup) {
    throw new Error(
      "Velero on azure needs the storage account in the URL, and azure.subscriptionId and azure.resourceGroup.",
    );
  }
  return { ...place, config: { storageAccount: account, subscriptionId, resourceGroup, useAAD: "true" } };
}

/** Values of the chart that we set. */
interface VeleroValues {
  readonly credentials: { readonly useSecret: boolean };
  readonly initContainers: readonly object[];
  readonly configuration: object;
  readonly serviceAccount: object;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly deployNodeAgent: boolean;
  readonly nodeAgent: object;
  readonly upgradeCRDs: boolean;
  readonly metrics: { readonly enabled: boolean };
  readonly resources: object;
  readonly schedules: Readonly<Record<string, object>>;
}

function veleroValues(
  { target, schedule = DAILY, keepDays = 30 }: VeleroArgs,
  { bucket, prefix, config }: StorageLocation,
  annotations: Record<string, string>,
  principal: string,
): VeleroValues {
  const { provider, image } = PLUGINS[target.cloud];
  const identityConfig = target.cloud === "gcp" ? { ...config, serviceAccount: principal } : config;
  return {
    // The pod's own cloud identity is all there is.
    credentials: { useSecret: false },
    initContainers: [
      { name: `velero-plugin-${provider}`, image, volumeMounts: [{ name: "plugins", mountPath: "/target" }] },
    ],
    configuration: {
      backupStorageLocation: [{ name: "default", default: true, provider, bucket, prefix, config: identityConfig }],
      volumeSnapshotLocation: [],
      features: "EnableCSI",
      defaultSnapshotMoveData: true,
      uploaderType: "kopia",
    },
    serviceAccount: { server: { create: true, name: "velero", annotations } },
    ...(target.cloud === "azure" ? { podLabels: { "azure.workload.identity/use": "true" } } : {}),
    deployNodeAgent: true,
    nodeAgent: {
      // Pods with disks run on nodes of every pool, and so must what reads the disks.
      tolerations: [{ operator: "Exists" }],
      resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "1Gi" } },
    },
    upgradeCRDs: true,
    metrics: { enabled: true },
    resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "1Gi" } },
    schedules: {
      daily: {
        schedule,
        useOwnerReferencesInBackup: false,
        template: {
          ttl: `${keepDays * 24}h0m0s`,
          includedNamespaces: ["*"],
          excludedNamespaces: LEFT_OUT,
          includeClusterResources: true,
          snapshotMoveData: true,
          storageLocation: "default",
        },
      },
    },
  };
}

/** All that is wrong with the arguments. */
export function veleroProblems({
  target,
  azure,
  schedule = DAILY,
  keepDays = 30,
}: VeleroArgs): readonly ArgumentProblem[] {
  return [
    ...problemIf(
      !Number.isInteger(keepDays) || keepDays < 1 || keepDays > 3650,
      "keepDays",
      `is ${keepDays}; give whole days from 1 to 3650.`,
    ),
    ...problemIf(
      schedule.trim().split(/\s+/).length !== 5,
      "schedule",
      `is "${schedule}"; give the five fields of a cron expression, such as ${DAILY}.`,
    ),
    ...problemIf(
      target.cloud === "azure" && azure === undefined,
      "azure",
      "is missing; name the subscription and the resource group of the storage account.",
    ),
  ];
}
