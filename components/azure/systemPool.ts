import type * as pulumi from "@pulumi/pulumi";
import { hasZones, zonesOf } from "./locations";
import { type AzurePlace, standardTags } from "./place";

/**
 * The pool that AKS cannot be without. In prod it takes AKS's own pods alone and spans all zones; elsewhere it is small and
 * open to every pod, so that a cluster whose other pools are spot still has a place for what must not be interrupted.
 */
export function systemPool(
  component: string,
  args: AzurePlace & { readonly systemMachineType?: string },
  { subnetId, encryptionAtHost }: { readonly subnetId: pulumi.Input<string>; readonly encryptionAtHost: boolean },
) {
  const prod = args.environment === "prod";
  const { location, systemMachineType = prod ? "Standard_D4s_v5" : "Standard_D2s_v5" } = args;
  const least = prod ? 3 : 1;
  return {
    name: "system",
    mode: "System",
    type: "VirtualMachineScaleSets",
    vmSize: systemMachineType,
    osType: "Linux",
    osSKU: "AzureLinux",
    osDiskSizeGB: 128,
    osDiskType: "Managed",
    enableAutoScaling: true,
    count: least,
    minCount: least,
    maxCount: prod ? 6 : 3,
    maxPods: 110,
    ...(hasZones(location) ? { availabilityZones: [...zonesOf(location, 3)] } : {}),
    vnetSubnetID: subnetId,
    enableEncryptionAtHost: encryptionAtHost,
    enableNodePublicIP: false,
    nodeLabels: { "tideline.dev/pool": "aks-system" },
    nodeTaints: prod ? ["CriticalAddonsOnly=true:NoSchedule"] : [],
    upgradeSettings: { maxSurge: "33%", drainTimeoutInMinutes: 30 },
    tags: { ...standardTags(args, component), pool: "system" },
  };
}
