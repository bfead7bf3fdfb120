import { createHash } from "node:crypto";
import type { ResourceType } from "../resourceType";
import { IDENTITY } from "./access";
import {
  agentPoolInputs,
  agentPoolRules,
  inlinePools,
  POOL_NAME,
  SETTLED_POOL,
  userIdentities,
} from "./agentPoolRules";
import {
  azureType,
  CIDR,
  fixed,
  flag,
  input,
  list,
  locationOf,
  map,
  nested,
  number,
  object,
  oneOf,
  refers,
  settled,
  text,
} from "./azureType";
import { clusterRules } from "./clusterRules";
import { SUBNET } from "./network";
import { KEY, VAULT } from "./vault";

export const CLUSTER = "azure-native:containerservice:ManagedCluster";
const AGENT_POOL = "azure-native:containerservice:AgentPool";

/** Minor versions that AKS offers; a rehearsal need not be newer than the cloud. */
const VERSIONS = /1\.(3[0-9])(\.\d+)?/;

const enabled = object({ enabled: flag({ required: true }) });

const inputs: ResourceType["inputs"] = {
  resourceName: text({ pattern: /[A-Za-z0-9]([\w-]{0,61}[A-Za-z0-9])?/ }),
  dnsPrefix: fixed(text({ required: true, pattern: /[A-Za-z0-9]([A-Za-z0-9-]{0,52}[A-Za-z0-9])?/ })),
  kubernetesVersion: text({ pattern: VERSIONS }),
  sku: object({ name: oneOf("Base", "Automatic"), tier: oneOf("Free", "Standard", "Premium") }),
  supportPlan: oneOf("KubernetesOfficial", "AKSLongTermSupport"),
  identity: userIdentities(IDENTITY),
  identityProfile: map(object({ resourceId: refers(IDENTITY), clientId: text(), objectId: text() })),
  enableRBAC: flag({ replaces: true }),
  disableLocalAccounts: flag(),
  aadProfile: object({ managed: flag(), enableAzureRBAC: flag(), adminGroupObjectIDs: list(text()), tenantID: text() }),
  apiServerAccessProfile: object({
    enableVnetIntegration: flag(),
    subnetId: refers(SUBNET),
    enablePrivateCluster: flag(),
    enablePrivateClusterPublicFQDN: flag(),
    privateDNSZone: text(),
    disableRunCommand: flag(),
    authorizedIPRanges: list(text({ pattern: CIDR }), { max: 200 }),
  }),
  securityProfile: object({
    workloadIdentity: enabled,
    imageCleaner: object({ enabled: flag(), intervalHours: number({ min: 24, max: 2160 }) }),
    azureKeyVaultKms: object({
      enabled: flag(),
      keyId: refers(KEY, ["keyUriWithVersion"]),
      keyVaultNetworkAccess: oneOf("Public", "Private"),
      keyVaultResourceId: refers(VAULT),
    }),
  }),
  oidcIssuerProfile: enabled,
  networkProfile: object(
    {
      networkPlugin: oneOf("azure", "none"),
      networkPluginMode: oneOf("overlay"),
      networkDataplane: oneOf("azure", "cilium"),
      networkPolicy: oneOf("none", "calico", "azure", "cilium"),
      podCidr: text({ pattern: CIDR }),
      serviceCidr: text({ pattern: CIDR }),
      dnsServiceIP: text(),
      loadBalancerSku: oneOf("standard", "basic"),
      outboundType: oneOf("loadBalancer", "userDefinedRouting", "managedNATGateway", "userAssignedNATGateway", "none"),
    },
    { required: true },
  ),
  addonProfiles: map(object({ enabled: flag({ required: true }), config: map(text()) })),
  agentPoolProfiles: inlinePools,
  autoUpgradeProfile: object({
    upgradeChannel: oneOf("rapid", "stable", "patch", "node-image", "none"),
    nodeOSUpgradeChannel: oneOf("None", "Unmanaged", "NodeImage", "SecurityPatch"),
  }),
  autoScalerProfile: object({
    balanceSimilarNodeGroups: oneOf("true", "false"),
    expander: oneOf("least-waste", "most-pods", "priority", "random"),
    scaleDownUnneededTime: text(),
    skipNodesWithLocalStorage: oneOf("true", "false"),
  }),
  storageProfile: object({
    diskCSIDriver: enabled,
    fileCSIDriver: enabled,
    snapshotController: enabled,
    blobCSIDriver: enabled,
  }),
  metricsProfile: object({ costAnalysis: enabled }),
};

/** AKS clusters, pools and maintenance windows. Sources: Azure REST API, Microsoft.ContainerService 2025. */
export const clusterTypes: readonly ResourceType[] = [
  azureType({
    token: CLUSTER,
    kind: "Microsoft.ContainerService/managedClusters",
    name: "resourceName",
    inputs,
    rules: clusterRules,
    quota: { most: 100, per: "location", code: "QuotaExceeded: Managed clusters" },
    outputs: (made, id) => {
      const digest = createHash("sha256").update(id).digest("hex");
      const prefix = `${input(made, "dnsPrefix")}-${digest.slice(0, 8)}`;
      const isPrivate = nested(made.inputs.apiServerAccessProfile, "enablePrivateCluster") === true;
      const location = locationOf(made);
      return {
        ...(isPrivate ? {} : { fqdn: `${prefix}.hcp.${location}.azmk8s.io` }),
        ...(isPrivate ? { privateFQDN: `${prefix}.private.${location}.azmk8s.io` } : {}),
        oidcIssuerProfile: {
          enabled: nested(made.inputs.oidcIssuerProfile, "enabled") ?? false,
          issuerURL: `https://${location}.oic.prod-aks.azure.com/${made.account}/${digest.slice(0, 32)}/`,
        },
        nodeResourceGroup: `MC_${input(made, "resourceGroupName")}_${input(made, "resourceName")}_${location}`,
        currentKubernetesVersion: `${input(made, "kubernetesVersion")}.2`,
        powerState: { code: "Running" },
        maxAgentPools: 100,
      };
    },
  }),
  azureType({
    token: AGENT_POOL,
    kind: "Microsoft.ContainerService/managedClusters/agentPools",
    name: "agentPoolName",
    parent: { input: "resourceName", type: CLUSTER },
    withoutLocation: true,
    inputs: { ...agentPoolInputs, agentPoolName: text({ pattern: POOL_NAME }) },
    rules: [
      ...agentPoolRules,
      settled(
        SETTLED_POOL,
        (path) => `PropertyChangeNotAllowed: Changing property 'properties.${path}' is not allowed.`,
      ),
    ],
    quota: { most: 99, per: "resourceName", code: "OperationNotAllowed: Agent pools of the cluster" },
    outputs: (made) => ({
      nodeImageVersion: "simulated",
      currentOrchestratorVersion: "simulated",
      eTag: `"${made.sequence}"`,
    }),
  }),
  azureType({
    token: "azure-native:containerservice:MaintenanceConfiguration",
    kind: "Microsoft.ContainerService/managedClusters/maintenanceConfigurations",
    name: "configName",
    parent: { input: "resourceName", type: CLUSTER },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      configName: oneOf("default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule"),
      maintenanceWindow: object({
        durationHours: number({ required: true, min: 4, max: 24 }),
        schedule: object(
          {
            weekly: object({
              dayOfWeek: text({
                required: true,
                values: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
              }),
              intervalWeeks: number({ required: true, min: 1, max: 4 }),
            }),
          },
          { required: true },
        ),
        startTime: text({ required: true, pattern: /([01]\d|2[0-3]):[0-5]\d/ }),
        utcOffset: text({ pattern: /[+-]\d{2}:\d{2}/ }),
        notAllowedDates: list(
          object({
            start: text({ required: true, pattern: /\d{4}-\d{2}-\d{2}/ }),
            end: text({ required: true, pattern: /\d{4}-\d{2}-\d{2}/ }),
          }),
        ),
      }),
    },
  }),
];
