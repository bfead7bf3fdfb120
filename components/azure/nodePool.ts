import * as containerservice from "@pulumi/azure-native/containerservice";
import type * as pulumi from "@pulumi/pulumi";
import type { Taint } from "../contract";
import {
  type AzureNodePoolArgs,
  agentPoolName,
  isSpot,
  nodePoolShape,
  podsPerNodeOf,
  SPOT_TAINT,
} from "./nodePoolShape";
import { type AzurePlace, standardTags } from "./place";

/** A pool and what it is part of. */
interface NodePoolParts {
  readonly pool: string;
  readonly args: AzureNodePoolArgs;
  readonly place: AzurePlace;
  readonly cluster: containerservice.ManagedCluster;
  readonly subnetId: pulumi.Input<string>;
  readonly zones: readonly string[];
  readonly encryptionAtHost: boolean;
}

/** A pool as a resource of its own, so that no change of one ever touches the cluster or another pool. */
export function createNodePool(parent: pulumi.Resource, clusterName: string, parts: NodePoolParts) {
  const { pool, args, place, cluster, subnetId, zones, encryptionAtHost } = parts;
  const spot = isSpot(args, place.environment);
  const { labels, taints } = nodePoolShape(pool, args, place.environment);
  const poolZones = args.zones ?? zones;
  const { capacity } = args;
  return new containerservice.AgentPool(
    `${clusterName}-${pool}`,
    {
      agentPoolName: agentPoolName(pool, args, place.environment, zones),
      resourceGroupName: place.resourceGroupName,
      resourceName: cluster.name,
      mode: "User",
      type: "VirtualMachineScaleSets",
      vmSize: args.machineTypes[0] ?? "",
      osType: "Linux",
      // NVIDIA's drivers come ready for Ubuntu.
      osSKU: args.gpu ? "Ubuntu" : "AzureLinux",
      enableAutoScaling: true,
      count: args.min,
      minCount: args.min,
      maxCount: args.max,
      ...(poolZones.length > 0 ? { availabilityZones: [...poolZones] } : {}),
      vnetSubnetID: subnetId,
      maxPods: podsPerNodeOf(args),
      osDiskSizeGB: args.diskGb ?? 128,
      osDiskType: "Managed",
      enableEncryptionAtHost: encryptionAtHost,
      enableNodePublicIP: false,
      nodeLabels: { ...labels },
      // AKS adds the spot taint by itself, and would see ours as a second one.
      nodeTaints: taints.filter((taint) => taint !== SPOT_TAINT).map(taintText),
      ...(spot ? { scaleSetPriority: "Spot", scaleSetEvictionPolicy: "Delete", spotMaxPrice: -1 } : {}),
      // Azure refuses a surge for spot pools, which it never upgrades node by node.
      ...(spot ? {} : { upgradeSettings: { maxSurge: args.maxSurge ?? "33%", drainTimeoutInMinutes: 30 } }),
      ...(typeof capacity === "object" ? { capacityReservationGroupID: capacity.reservationGroupId } : {}),
      ...(args.gpu ? gpuInputs(args.gpu) : {}),
      tags: { ...standardTags(place, clusterName), pool },
    },
    // The autoscaler moves the count and auto-upgrade the version.
    { parent, ignoreChanges: ["count", "orchestratorVersion"] },
  );
}

/** A taint as AKS writes it. */
export function taintText({ key, value, effect }: Taint): string {
  return `${key}=${value}:${effect}`;
}

function gpuInputs({ driver = "install", partition }: NonNullable<AzureNodePoolArgs["gpu"]>) {
  return {
    gpuProfile: { driver: driver === "none" ? "None" : "Install" },
    ...(partition ? { gpuInstanceProfile: partition } : {}),
  };
}
