import * as container from "@pulumi/gcp/container";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Cluster, NodePoolShape } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { clusterProblems } from "./clusterProblems";
import { kubeconfig } from "./kubeconfig";
import { type MaintenanceExclusion, maintenancePolicy } from "./maintenance";
import type { NetworkRanges } from "./networkRanges";
import { GcpNodeIdentity } from "./nodeIdentity";
import { createNodePool } from "./nodePool";
import { type GcpNodePoolArgs, nodePoolShape, PODS_PER_NODE } from "./nodePoolShape";
import { type GcpPlace, protects, standardLabels } from "./place";

/** What a cluster needs of its network; `GcpNetwork` has it all. */
export interface ClusterNetwork {
  readonly networkId: pulumi.Input<string>;
  readonly privateSubnetIds: pulumi.Input<string[]>;
  readonly podsRange: pulumi.Input<string>;
  readonly servicesRange: pulumi.Input<string>;
  readonly ranges: NetworkRanges;
  readonly zones: readonly string[];
  readonly nodeTag: string;
}

export interface GcpClusterArgs extends GcpPlace {
  readonly network: ClusterNetwork;
  /** Kubernetes minor version such as 1.34; the release channel's upgrades may lead beyond it. */
  readonly version: string;
  /** Pools by name; at least one without taints, for the system's own pods. */
  readonly nodePools: Readonly<Record<string, GcpNodePoolArgs>>;
  /** Keys that encrypt Kubernetes secrets and the nodes' disks. */
  readonly keys: { readonly cluster: pulumi.Input<string>; readonly disks: pulumi.Input<string> };
  /** Who reaches the API server's address from outside; empty keeps it private. @default empty */
  readonly publicAccessCidrs?: readonly string[];
  /** Who besides this network reaches its private address: peered networks, the other end of a VPN. @default nobody */
  readonly privateAccessCidrs?: readonly string[];
  /** Reach the private API server by its DNS name, guarded by IAM, from anywhere. @default false */
  readonly dnsEndpoint?: boolean;
  /** How eagerly GKE upgrades. @default "REGULAR" */
  readonly releaseChannel?: "RAPID" | "REGULAR" | "STABLE" | "EXTENDED";
  /** Times without upgrades, at most 20. @default none */
  readonly maintenanceExclusions?: readonly MaintenanceExclusion[];
  /** @default on in prod */
  readonly deletionProtection?: boolean | undefined;
  /** Admit only images that the project's Binary Authorization policy allows. @default false */
  readonly binaryAuthorization?: boolean;
  /** Service account that the kubeconfig acts as. @default the caller's own account */
  readonly administrator?: string;
}

/** A regional, private GKE cluster with Dataplane V2 and workload identity, its pools as resources of their own. */
export class GcpCluster extends pulumi.ComponentResource implements Cluster {
  readonly clusterName: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly oidcIssuerUrl: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly nodePools: Readonly<Record<string, NodePoolShape>>;
  /** E-mail of the account that nodes run as. */
  readonly nodeServiceAccount: pulumi.Output<string>;
  /** Pool of workload identities, PROJECT.svc.id.goog; ready with the cluster. */
  readonly workloadPool: pulumi.Output<string>;

  constructor(name: string, args: GcpClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GcpCluster", name, clusterProblems(args));
    super("tideline:gcp:Cluster", name, {}, opts);
    const { project, nodePools, dnsEndpoint = false } = args;
    const nodes = new GcpNodeIdentity(`${name}-nodes`, args, { parent: this });
    const cluster = new container.Cluster(name, clusterInputs(name, args, nodes.email), {
      parent: this,
      // The first pool is removed at once and its nodes' settings are the pools' affair; autoscaling counts nodes.
      ignoreChanges: ["initialNodeCount", "nodeConfig", "nodeVersion"],
    });
    for (const [pool, poolArgs] of Object.entries(nodePools)) {
      createNodePool(this, name, {
        pool,
        args: poolArgs,
        place: args,
        cluster,
        nodes,
        network: args.network,
        diskKey: args.keys.disks,
      });
    }
    this.clusterName = cluster.name;
    this.endpoint = dnsEndpoint
      ? cluster.controlPlaneEndpointsConfig.apply((config) => `https://${config.dnsEndpointConfig?.endpoint ?? ""}`)
      : pulumi.interpolate`https://${cluster.endpoint}`;
    this.oidcIssuerUrl = pulumi.interpolate`https://container.googleapis.com/v1/projects/${project}/locations/${cluster.location}/clusters/${cluster.name}`;
    this.kubeconfig = pulumi.secret(
      pulumi
        .all([cluster.name, project, this.endpoint, cluster.masterAuth])
        .apply(([clusterName, id, endpoint, auth]) =>
          kubeconfig({
            clusterName,
            project: id,
            endpoint,
            ...(dnsEndpoint ? {} : { certificateAuthority: auth?.clusterCaCertificate ?? "" }),
            ...(args.administrator ? { impersonate: args.administrator } : {}),
          }),
        ),
    );
    this.nodePools = Object.fromEntries(
      Object.entries(nodePools).map(([pool, poolArgs]) => [pool, nodePoolShape(pool, poolArgs)]),
    );
    this.nodeServiceAccount = nodes.email;
    this.workloadPool = cluster.workloadIdentityConfig.apply((config) => config?.workloadPool ?? "");
    this.registerOutputs({
      clusterName: this.clusterName,
      endpoint: this.endpoint,
      oidcIssuerUrl: this.oidcIssuerUrl,
      kubeconfig: this.kubeconfig,
    });
  }
}

function clusterInputs(name: string, args: GcpClusterArgs, nodeAccount: pulumi.Input<string>): container.ClusterArgs {
  const { stack, project, region, network, version, keys, releaseChannel = "REGULAR" } = args;
  return {
    name: physicalName({ stack, component: name }, NAME_LIMITS.gcpCluster),
    description: `Cluster of stack ${stack}`,
    project,
    location: region,
    nodeLocations: [...network.zones],
    minMasterVersion: version,
    releaseChannel: { channel: releaseChannel },
    deletionProtection: protects(args, args.deletionProtection),
    ...networking(args),
    // GKE makes a first pool whatever is asked; a pool inside the cluster could never be changed without the cluster.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: {
      serviceAccount: nodeAccount,
      bootDiskKmsKey: keys.disks,
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
      workloadMetadataConfig: { mode: "GKE_METADATA" },
    },
    ...security(args),
    ...observation(),
    addonsConfig: {
      httpLoadBalancing: { disabled: false },
      horizontalPodAutoscaling: { disabled: false },
      dnsCacheConfig: { enabled: true },
      gcePersistentDiskCsiDriverConfig: { enabled: true },
      gcsFuseCsiDriverConfig: { enabled: true },
    },
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    verticalPodAutoscaling: { enabled: true },
    costManagementConfig: { enabled: true },
    maintenancePolicy: maintenancePolicy(args.maintenanceExclusions ?? []),
    resourceLabels: standardLabels(args, name),
  };
}

function networking({ network, publicAccessCidrs = [], privateAccessCidrs = [], dnsEndpoint = false }: GcpClusterArgs) {
  return {
    network: network.networkId,
    subnetwork: pulumi.output(network.privateSubnetIds).apply(([subnet = ""]) => subnet),
    networkingMode: "VPC_NATIVE",
    datapathProvider: "ADVANCED_DATAPATH",
    defaultMaxPodsPerNode: PODS_PER_NODE,
    ipAllocationPolicy: {
      clusterSecondaryRangeName: network.podsRange,
      servicesSecondaryRangeName: network.servicesRange,
      stackType: "IPV4",
    },
    privateClusterConfig: {
      enablePrivateNodes: true,
      enablePrivateEndpoint: publicAccessCidrs.length === 0,
      masterIpv4CidrBlock: network.ranges.controlPlane,
      masterGlobalAccessConfig: { enabled: false },
    },
    // Present even when empty: without it every address would be let in. Google's own machines are not.
    masterAuthorizedNetworksConfig: {
      cidrBlocks: [...publicAccessCidrs, ...privateAccessCidrs].map((cidrBlock) => ({
        cidrBlock,
        displayName: cidrBlock,
      })),
      gcpPublicCidrsAccessEnabled: false,
    },
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: dnsEndpoint } },
  };
}

function security({ project, keys, binaryAuthorization = false }: GcpClusterArgs) {
  return {
    workloadIdentityConfig: { workloadPool: pulumi.interpolate`${project}.svc.id.goog` },
    enableShieldedNodes: true,
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    databaseEncryption: { state: "ENCRYPTED", keyName: keys.cluster },
    securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_BASIC" },
    binaryAuthorization: {
      evaluationMode: binaryAuthorization ? "PROJECT_SINGLETON_POLICY_ENFORCE" : "DISABLED",
    },
  };
}

/** All of the control plane's logs, as on every cloud, and what managed Prometheus collects. */
function observation() {
  const controlPlane = ["APISERVER", "SCHEDULER", "CONTROLLER_MANAGER"];
  return {
    loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", ...controlPlane] },
    monitoringConfig: {
      enableComponents: [
        "SYSTEM_COMPONENTS",
        "STORAGE",
        "POD",
        "DEPLOYMENT",
        "STATEFULSET",
        "DAEMONSET",
        "HPA",
        "DCGM",
        ...controlPlane,
      ],
      managedPrometheus: { enabled: true },
    },
  };
}
