import type { InputRule, Rule } from "../resourceType";
import { fixed, flag, list, map, nested, number, object, oneOf, refers, text } from "./azureType";
import { SUBNET } from "./network";
import { isVmSize } from "./vmSizes";

/** What a pool says of itself, inside a cluster or as a resource of its own. */
export const agentPoolInputs: Readonly<Record<string, InputRule>> = {
  mode: oneOf("System", "User", "Gateway"),
  type: oneOf("VirtualMachineScaleSets", "VirtualMachines"),
  vmSize: text({ pattern: /Standard_[A-Z][A-Za-z0-9_-]*/ }),
  osType: oneOf("Linux", "Windows"),
  osSKU: oneOf("Ubuntu", "Ubuntu2204", "AzureLinux", "AzureLinux3"),
  osDiskSizeGB: number({ min: 30, max: 2048 }),
  osDiskType: oneOf("Managed", "Ephemeral"),
  enableAutoScaling: flag(),
  count: number({ min: 0, max: 1000 }),
  minCount: number({ min: 0, max: 1000 }),
  maxCount: number({ min: 0, max: 1000 }),
  maxPods: number({ min: 10, max: 250 }),
  availabilityZones: list(oneOf("1", "2", "3")),
  vnetSubnetID: refers(SUBNET),
  enableEncryptionAtHost: flag(),
  enableNodePublicIP: flag(),
  nodeLabels: map(text({ pattern: /([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?/ })),
  nodeTaints: list(text({ pattern: /[\w./-]+=[\w.-]*:(NoSchedule|PreferNoSchedule|NoExecute)/ })),
  scaleSetPriority: oneOf("Regular", "Spot"),
  scaleSetEvictionPolicy: oneOf("Delete", "Deallocate"),
  spotMaxPrice: number({ min: -1 }),
  upgradeSettings: object({
    maxSurge: text({ pattern: /\d+%?/ }),
    drainTimeoutInMinutes: number({ min: 1, max: 1440 }),
  }),
  gpuProfile: object({ driver: oneOf("Install", "None") }),
  gpuInstanceProfile: oneOf("MIG1g", "MIG2g", "MIG3g", "MIG4g", "MIG7g"),
  capacityReservationGroupID: text({ pattern: /\/subscriptions\/.+\/capacityReservationGroups\/[^/]+/ }),
  orchestratorVersion: text(),
  tags: map(text({ maxLength: 256 }), { max: 50 }),
};

/** Linux pools: at most 12 lower-case letters and digits, a letter first. */
export const POOL_NAME = /[a-z][a-z0-9]{0,11}/;

/** Sizes whose accelerators can be partitioned. */
const WITH_MIG = /_(A100|H100|H200)_v\d$|^Standard_ND96asr_v4$/;

/** Sizes with NVIDIA accelerators that AKS knows. */
const WITH_GPU = /^Standard_N[CDV]/;

type Pool = Readonly<Record<string, unknown>>;

/** What AKS refuses in any pool; the same texts for pools inside a cluster. */
export const agentPoolRefusals: readonly ((pool: Pool) => string | undefined)[] = [
  ({ vmSize }) =>
    vmSize === undefined || isVmSize(String(vmSize))
      ? undefined
      : `BadRequest: The VM size of ${String(vmSize)} is not allowed in your subscription in this location.`,
  ({ mode, minCount, enableAutoScaling }) =>
    mode === "System" && enableAutoScaling === true && Number(minCount ?? 0) < 1
      ? "InvalidParameter: The minimum count of a system node pool must be at least 1."
      : undefined,
  ({ mode, osType }) =>
    mode === "System" && osType === "Windows" ? "InvalidParameter: System node pools must run Linux." : undefined,
  ({ mode, scaleSetPriority }) =>
    mode === "System" && scaleSetPriority === "Spot"
      ? "InvalidParameter: A system node pool cannot be a spot node pool."
      : undefined,
  ({ enableAutoScaling, minCount, maxCount }) =>
    enableAutoScaling === true && !(Number(minCount ?? 0) <= Number(maxCount ?? 0) && Number(maxCount ?? 0) >= 1)
      ? `InvalidParameter: minCount ${minCount} must not exceed maxCount ${maxCount}, which must be at least 1.`
      : undefined,
  ({ scaleSetPriority, upgradeSettings }) =>
    scaleSetPriority === "Spot" && nested(upgradeSettings, "maxSurge") !== undefined
      ? "InvalidParameter: Spot pools can't set max surge."
      : undefined,
  ({ scaleSetPriority, spotMaxPrice }) =>
    scaleSetPriority !== "Spot" && spotMaxPrice !== undefined
      ? "InvalidParameter: spotMaxPrice can only be set for spot pools."
      : undefined,
  ({ vmSize, gpuInstanceProfile }) =>
    gpuInstanceProfile !== undefined && !WITH_MIG.test(String(vmSize))
      ? `InvalidParameter: GPU instance profile ${gpuInstanceProfile} is not supported with VM size ${vmSize}.`
      : undefined,
  ({ vmSize, gpuProfile }) =>
    gpuProfile !== undefined && !WITH_GPU.test(String(vmSize))
      ? `InvalidParameter: gpuProfile is set, but VM size ${vmSize} has no GPU.`
      : undefined,
  ({ nodeTaints }) =>
    ((nodeTaints ?? []) as readonly string[]).some((taint) => taint.startsWith("kubernetes.azure.com/"))
      ? "InvalidParameter: Taints with the prefix kubernetes.azure.com are AKS's own."
      : undefined,
];

/** What only a new pool can change. Source: AKS, Agent Pools REST API, "PropertyChangeNotAllowed". */
export const SETTLED_POOL = [
  "vmSize",
  "osDiskSizeGB",
  "osDiskType",
  "maxPods",
  "availabilityZones",
  "vnetSubnetID",
  "enableEncryptionAtHost",
  "enableNodePublicIP",
  "scaleSetPriority",
  "gpuInstanceProfile",
  "gpuProfile",
  "capacityReservationGroupID",
  "type",
];

/** Rules that hold for a pool of its own. */
export const agentPoolRules: readonly Rule[] = agentPoolRefusals.map(
  (refusal): Rule =>
    ({ inputs }) =>
      refusal(inputs),
);

/** Pools inside a cluster, taken when the cluster is made. */
export const inlinePools = list(object({ ...agentPoolInputs, name: text({ required: true, pattern: POOL_NAME }) }), {
  required: true,
  min: 1,
});

/** The identities of a resource. */
export const userIdentities = (identity: string): InputRule =>
  object({
    type: text({ required: true, values: ["UserAssigned", "SystemAssigned", "None", "SystemAssigned, UserAssigned"] }),
    userAssignedIdentities: fixed(list(refers(identity), { min: 1 })),
  });
