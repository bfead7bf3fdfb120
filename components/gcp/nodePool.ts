import * as container from "@pulumi/gcp/container";
import type * as pulumi from "@pulumi/pulumi";
import type { Taint } from "../contract";
import type { GcpGpu } from "./accelerators";
import {
  capacityOf,
  diskTypeOf,
  type GcpNodePoolArgs,
  nodePoolShape,
  PODS_PER_NODE,
  poolFingerprint,
} from "./nodePoolShape";
import { type GcpPlace, standardLabels } from "./place";

/** A pool and what it is part of. */
interface NodePoolParts {
  readonly pool: string;
  readonly args: GcpNodePoolArgs;
  readonly place: GcpPlace;
  readonly cluster: container.Cluster;
  readonly nodes: { readonly email: pulumi.Input<string> };
  readonly network: { readonly zones: readonly string[]; readonly nodeTag: string };
  readonly diskKey: pulumi.Input<string>;
}

/** GKE's names of the taints' effects. */
const EFFECTS: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** A pool as a resource of its own, so that no change of one ever touches the cluster or another pool. */
export function createNodePool(parent: pulumi.Resource, clusterName: string, parts: NodePoolParts): container.NodePool {
  const { pool, args, place, cluster, network } = parts;
  const zones = args.zones ?? network.zones;
  const spot = capacityOf(args, place.environment) === "spot";
  return new container.NodePool(
    `${clusterName}-${pool}`,
    {
      name: `${pool}-${poolFingerprint(args, place.environment)}`,
      project: place.project,
      location: place.region,
      cluster: cluster.name,
      nodeLocations: [...zones],
      initialNodeCount: Math.ceil(args.min / zones.length),
      autoscaling: {
        totalMinNodeCount: args.min,
        totalMaxNodeCount: args.max,
        // Spot and accelerators are where they are; for the rest a lost zone must not take most nodes.
        locationPolicy: spot || args.gpu ? "ANY" : "BALANCED",
      },
      maxPodsPerNode: args.podsPerNode ?? PODS_PER_NODE,
      management: { autoRepair: true, autoUpgrade: true },
      upgradeSettings: {
        strategy: "SURGE",
        maxSurge: args.maxSurge ?? 1,
        maxUnavailable: args.maxUnavailable ?? 0,
      },
      nodeConfig: nodeConfig(parts, spot),
    },
    // The autoscaler moves the count and auto-upgrade the version.
    { parent, ignoreChanges: ["initialNodeCount", "nodeCount", "version"] },
  );
}

function nodeConfig({ pool, args, place, nodes, network, diskKey }: NodePoolParts, spot: boolean) {
  const { labels, taints } = nodePoolShape(pool, args);
  const capacity = capacityOf(args, place.environment);
  return {
    machineType: args.machineTypes[0] ?? "",
    spot,
    diskSizeGb: args.diskGb ?? 100,
    diskType: diskTypeOf(args),
    bootDiskKmsKey: diskKey,
    imageType: "COS_CONTAINERD",
    serviceAccount: nodes.email,
    // The widest scope; what nodes may do is decided by the account's roles alone.
    oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
    labels: { ...labels },
    taints: taints.map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })),
    guestAccelerators: args.gpu ? [guestAccelerator(args.gpu)] : [],
    ...(typeof capacity === "object" ? { reservationAffinity: affinity(capacity.reservation) } : {}),
    // Starts pods with large images before the whole image has been pulled.
    gcfsConfig: { enabled: true },
    gvnic: { enabled: true },
    // A driver that GKE did not install is not signed for Secure Boot.
    shieldedInstanceConfig: { enableSecureBoot: args.gpu?.driver !== "none", enableIntegrityMonitoring: true },
    workloadMetadataConfig: { mode: "GKE_METADATA" },
    metadata: { "disable-legacy-endpoints": "true" },
    tags: [network.nodeTag],
    resourceLabels: { ...standardLabels(place, pool), pool },
  };
}

function affinity(reservation: string) {
  return {
    consumeReservationType: "SPECIFIC_RESERVATION",
    key: "compute.googleapis.com/reservation-name",
    values: [reservation],
  };
}

const DRIVERS = { default: "DEFAULT", latest: "LATEST", none: "INSTALLATION_DISABLED" } as const;

function guestAccelerator({ type, count = 1, sharing, driver = "default" }: GcpGpu) {
  return {
    type,
    count,
    gpuDriverInstallationConfig: { gpuDriverVersion: DRIVERS[driver] },
    ...(sharing?.kind === "mig" ? { gpuPartitionSize: sharing.partition } : {}),
    ...(sharing && sharing.kind !== "mig"
      ? {
          gpuSharingConfig: {
            gpuSharingStrategy: sharing.kind === "mps" ? "MPS" : "TIME_SHARING",
            maxSharedClientsPerGpu: sharing.clients,
          },
        }
      : {}),
  };
}
