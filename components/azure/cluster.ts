import * as containerservice from "@pulumi/azure-native/containerservice";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Cluster, NodePoolShape } from "../contract";
import { NAME_LIMITS } from "../naming";
import { formatCidr, parseCidr } from "../subnetLayout";
import { AzureClusterIdentity } from "./clusterIdentity";
import { clusterProblems, OVERLAY } from "./clusterProblems";
import { createDeletionLock } from "./deletionLock";
import { certificateAuthorityIn, type KubeloginMode, kubeconfig } from "./kubeconfig";
import { createMaintenance, type MaintenanceExclusion } from "./maintenance";
import { createNodePool } from "./nodePool";
import { type AzureNodePoolArgs, nodePoolShape } from "./nodePoolShape";
import { type AzurePlace, azureName, protects, standardTags } from "./place";
import { systemPool } from "./systemPool";

/** What a cluster needs of its network; `AzureNetwork` has it all. */
export interface ClusterNetwork {
  readonly cidr: string;
  readonly privateSubnetIds: pulumi.Input<string[]>;
  readonly apiServerSubnetId: pulumi.Input<string>;
  readonly zones: readonly string[];
  readonly hasNat: boolean;
}

export interface AzureClusterArgs extends AzurePlace {
  readonly network: ClusterNetwork;
  /** Directory whose accounts use the cluster. */
  readonly tenantId: string;
  /** Kubernetes minor version such as 1.34; AKS upgrades to its patches. */
  readonly version: string;
  /** Pools by name, besides the system pool that every cluster has. */
  readonly nodePools: Readonly<Record<string, AzureNodePoolArgs>>;
  /** Vault and versioned key URL that encrypt Kubernetes secrets in etcd. */
  readonly encryption: { readonly vaultId: pulumi.Input<string>; readonly keyUrl: pulumi.Input<string> };
  /** Registry that nodes pull images from. */
  readonly registryId: pulumi.Input<string>;
  /** Who reaches the API server from outside; empty keeps it private. @default empty */
  readonly publicAccessCidrs?: readonly string[];
  /** Entra groups, by object id, whose members administer the cluster. @default none: roles in Azure alone */
  readonly administratorGroupIds?: readonly string[];
  /** VM size of the system pool, read when the cluster is made. @default "Standard_D4s_v5" in prod, "Standard_D2s_v5" elsewhere */
  readonly systemMachineType?: string;
  /** Encrypts caches and temporary disks too; the subscription must have the feature EncryptionAtHost. @default on in prod */
  readonly encryptionAtHost?: boolean;
  /** Range of pods, apart from the network's. @default "192.168.0.0/16" */
  readonly podCidr?: string;
  /** Range of Kubernetes services, apart from the network's. @default "172.20.0.0/16" */
  readonly serviceCidr?: string;
  /** Days without upgrades. @default none */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /** How the kubeconfig's users log in. @default "azurecli" */
  readonly login?: KubeloginMode;
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
}

/** An AKS cluster with Entra accounts alone, an API server inside the network, and its pools as resources of their own. */
export class AzureCluster extends pulumi.ComponentResource implements Cluster {
  readonly clusterName: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly oidcIssuerUrl: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly nodePools: Readonly<Record<string, NodePoolShape>>;
  readonly clusterId: pulumi.Output<string>;

  constructor(name: string, args: AzureClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureCluster", name, clusterProblems(args));
    super("tideline:azure:Cluster", name, {}, opts);
    const { network, nodePools, environment, encryption, registryId } = args;
    const subnetId = pulumi.output(network.privateSubnetIds).apply(([subnet = ""]) => subnet);
    const identity = new AzureClusterIdentity(
      `${name}-identity`,
      {
        ...place(args),
        nodeSubnetId: subnetId,
        apiServerSubnetId: network.apiServerSubnetId,
        vaultId: encryption.vaultId,
        registryId,
      },
      { parent: this },
    );
    const encryptionAtHost = args.encryptionAtHost ?? environment === "prod";
    const protection = protects(args, args.deletionProtection);
    const cluster = new containerservice.ManagedCluster(
      name,
      {
        ...clusterInputs(name, args, identity),
        agentPoolProfiles: [systemPool(name, args, { subnetId, encryptionAtHost })],
      },
      {
        parent: this,
        dependsOn: [...identity.grants],
        protect: protection,
        // AKS takes the first pool only when the cluster is made, and answers later changes by touching every pool.
        ignoreChanges: ["agentPoolProfiles"],
        customTimeouts: { create: "60m", update: "90m", delete: "60m" },
      },
    );
    for (const [pool, poolArgs] of Object.entries(nodePools)) {
      const parts = { pool, args: poolArgs, place: args, cluster, subnetId, zones: network.zones, encryptionAtHost };
      createNodePool(this, name, parts);
    }
    createMaintenance(this, name, args, cluster, args.maintenanceExclusions ?? []);
    if (protection) createDeletionLock(this, name, cluster.id);
    this.clusterName = cluster.name;
    this.clusterId = cluster.id;
    const isPrivate = (args.publicAccessCidrs ?? []).length === 0;
    this.endpoint = pulumi.interpolate`https://${isPrivate ? cluster.privateFQDN : cluster.fqdn}:443`;
    // With the id, which is unknown until the cluster is there: until then the profile is what was asked for, without URL.
    this.oidcIssuerUrl = pulumi
      .all([cluster.oidcIssuerProfile, cluster.id])
      .apply(([profile]) => profile?.issuerURL ?? "");
    this.kubeconfig = createKubeconfig(this, args, cluster, this.endpoint);
    this.nodePools = Object.fromEntries(
      Object.entries(nodePools).map(([pool, poolArgs]) => [pool, nodePoolShape(pool, poolArgs, environment)]),
    );
    this.registerOutputs({
      clusterName: this.clusterName,
      endpoint: this.endpoint,
      oidcIssuerUrl: this.oidcIssuerUrl,
      kubeconfig: this.kubeconfig,
    });
  }
}

function place({ stack, environment, location, resourceGroupName }: AzurePlace): AzurePlace {
  return { stack, environment, location, resourceGroupName };
}

function clusterInputs(name: string, args: AzureClusterArgs, identity: AzureClusterIdentity) {
  const { resourceGroupName, location, environment, version, encryption } = args;
  const paid = environment === "prod";
  return {
    resourceName: azureName(args, name, NAME_LIMITS.azureCluster),
    resourceGroupName,
    location,
    dnsPrefix: azureName(args, name, { maxLength: 54, separator: "-" }),
    kubernetesVersion: version,
    // The uptime agreement, and cost analysis, come with the paid tier.
    sku: { name: "Base", tier: paid ? "Standard" : "Free" },
    supportPlan: "KubernetesOfficial",
    identity: { type: "UserAssigned" as const, userAssignedIdentities: [identity.controlPlaneId] },
    identityProfile: { kubeletidentity: identity.kubelet },
    ...access(args),
    securityProfile: {
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 168 },
      azureKeyVaultKms: {
        enabled: true,
        keyId: encryption.keyUrl,
        keyVaultNetworkAccess: "Private",
        keyVaultResourceId: encryption.vaultId,
      },
    },
    oidcIssuerProfile: { enabled: true },
    networkProfile: networkProfile(args),
    addonProfiles: {
      azurepolicy: { enabled: true },
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: "true", rotationPollInterval: "2m" },
      },
    },
    autoUpgradeProfile: { upgradeChannel: "patch", nodeOSUpgradeChannel: "NodeImage" },
    autoScalerProfile: {
      balanceSimilarNodeGroups: "true",
      expander: "least-waste",
      scaleDownUnneededTime: "10m",
      skipNodesWithLocalStorage: "false",
    },
    storageProfile: {
      diskCSIDriver: { enabled: true },
      fileCSIDriver: { enabled: true },
      snapshotController: { enabled: true },
    },
    metricsProfile: { costAnalysis: { enabled: paid } },
    tags: standardTags(args, name),
  };
}

/** Entra accounts and Azure's roles alone, and the API server's addresses inside the network. */
function access(args: AzureClusterArgs) {
  const { network, tenantId: tenantID, publicAccessCidrs = [], administratorGroupIds = [] } = args;
  const isPrivate = publicAccessCidrs.length === 0;
  return {
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: [...administratorGroupIds], tenantID },
    apiServerAccessProfile: {
      // Nodes and the vault are reached inside the network, and the cluster can become public or private in place.
      enableVnetIntegration: true,
      subnetId: network.apiServerSubnetId,
      enablePrivateCluster: isPrivate,
      disableRunCommand: true,
      ...(isPrivate
        ? { enablePrivateClusterPublicFQDN: false, privateDNSZone: "system" }
        : { authorizedIPRanges: [...publicAccessCidrs] }),
    },
  };
}

function networkProfile({ podCidr = OVERLAY.podCidr, serviceCidr = OVERLAY.serviceCidr }: AzureClusterArgs) {
  const services = parseCidr(serviceCidr);
  return {
    networkPlugin: "azure",
    networkPluginMode: "overlay",
    networkDataplane: "cilium",
    networkPolicy: "cilium",
    podCidr,
    serviceCidr,
    // The tenth address, as AKS itself chooses.
    dnsServiceIP: formatCidr((services?.start ?? 0) + 10, 32).replace("/32", ""),
    loadBalancerSku: "standard",
    outboundType: "userAssignedNATGateway",
  };
}

function createKubeconfig(
  parent: pulumi.Resource,
  { resourceGroupName, tenantId, login = "azurecli" }: AzureClusterArgs,
  cluster: containerservice.ManagedCluster,
  endpoint: pulumi.Output<string>,
): pulumi.Output<string> {
  const credentials = containerservice.listManagedClusterUserCredentialsOutput(
    { resourceGroupName, resourceName: cluster.name },
    { parent },
  );
  return pulumi.secret(
    pulumi.all([cluster.name, endpoint, credentials.kubeconfigs]).apply(([clusterName, server, [first]]) =>
      kubeconfig({
        clusterName,
        endpoint: server,
        tenantId,
        login,
        certificateAuthority: certificateAuthorityIn(first?.value ?? ""),
      }),
    ),
  );
}
