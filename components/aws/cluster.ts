import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { refuseProblems } from "../arguments";
import type { Cluster, NodePoolShape } from "../contract";
import { NAME_LIMITS } from "../naming";
import type { AddonName } from "./addons";
import { type AwsAccessGrant, grantAccess } from "./clusterAccess";
import { addNodes, nodeRole } from "./clusterNodes";
import { clusterProblems, LOG_TYPES, poolShapes } from "./clusterPlan";
import { AwsEncryptionKey } from "./encryptionKey";
import { kubeconfig } from "./kubeconfig";
import { logGroup } from "./logGroup";
import type { AwsNodePoolSpec } from "./nodePoolShape";
import { type AwsPlace, awsName, protects, standardTags } from "./place";
import { policyDocument } from "./policyDocument";
import { type RoleWithPolicies, role } from "./role";

/** Where nodes come from: pools of our own, or EKS Auto Mode. */
export type AwsCompute =
  | {
      /** By name, at most 12 characters. */
      readonly pools: Readonly<Record<string, AwsNodePoolSpec>>;
      /** Nodes for system pods. @default two to three large ones, on demand */
      readonly systemPool?: AwsNodePoolSpec;
      /** What Karpenter needs in AWS; its chart is installed on the cluster. @default no Karpenter */
      readonly karpenter?: { readonly namespace: string };
    }
  | {
      /** EKS Auto Mode: AWS runs networking, storage and nodes, of these built-in pools. */
      readonly auto: readonly ("general-purpose" | "system")[];
      /** How pods get GPUs; Auto Mode has NVIDIA's device plugin built in and nothing else. @default "devicePlugin" */
      readonly gpuDriver?: "devicePlugin" | "dra";
    };

export interface AwsClusterArgs {
  readonly place: AwsPlace;
  /** Kubernetes minor version, such as 1.34. */
  readonly version: string;
  /** Private subnets by number of the zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** Zones of the network. */
  readonly zones: number;
  readonly compute: AwsCompute;
  /** ARNs of roles and users that may do everything on the cluster. */
  readonly administrators: readonly pulumi.Input<string>[];
  /** Further people and programs, by name, with less than all rights. @default none */
  readonly grants?: Readonly<Record<string, AwsAccessGrant>>;
  /** Who reaches the API server from outside the VPC. @default nobody: the endpoint is private */
  readonly publicAccessCidrs?: readonly string[];
  /** Versions other than the pinned ones. @default none */
  readonly addonVersions?: Readonly<Partial<Record<AddonName, string>>>;
  /** Fourteen months of fixes, or twelve more at six times the price. @default "STANDARD" */
  readonly supportType?: "STANDARD" | "EXTENDED";
  /** Days that control plane logs are kept. @default by environment: 30, 90, 365 */
  readonly logRetentionDays?: number;
  /** Role and profile that the kubeconfig names. @default whoever uses it */
  readonly access?: { readonly roleArn?: string; readonly profile?: string };
}

/** An EKS cluster with a private endpoint, encrypted secrets, all logs, access entries, pinned add-ons and node pools. */
export class AwsCluster extends pulumi.ComponentResource implements Cluster {
  readonly clusterName: pulumi.Output<string>;
  readonly endpoint: pulumi.Output<string>;
  readonly oidcIssuerUrl: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly nodePools: Readonly<Record<string, NodePoolShape>>;
  /** ARN of the issuer in IAM, for charts that know IRSA alone. */
  readonly oidcProviderArn: pulumi.Output<string>;
  /** Group of the control plane and all nodes. */
  readonly securityGroupId: pulumi.Output<string>;

  constructor(name: string, args: AwsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AwsCluster", name, clusterProblems(args));
    super("tideline:aws:Cluster", name, {}, opts);
    const { place, access = {} } = args;
    const nodes = nodeRole(this, name, args);
    const cluster = createCluster(this, name, args, nodes);
    grantAccess(this, name, args, cluster.name);
    const issuer = cluster.identities.apply((identities) => identities[0]?.oidcs?.[0]?.issuer ?? "");
    const provider = new iam.OpenIdConnectProvider(
      name,
      { url: issuer, clientIdLists: ["sts.amazonaws.com"], tags: standardTags(place, name) },
      { parent: this },
    );
    if (!("auto" in args.compute)) addNodes(this, name, args, cluster, nodes);
    this.nodePools = poolShapes(args);
    this.clusterName = cluster.name;
    this.endpoint = cluster.endpoint;
    this.oidcIssuerUrl = issuer;
    this.oidcProviderArn = provider.arn;
    this.securityGroupId = cluster.vpcConfig.clusterSecurityGroupId;
    this.kubeconfig = pulumi.secret(
      pulumi
        .all([cluster.name, cluster.endpoint, cluster.certificateAuthority.data])
        .apply(([clusterName, endpoint, certificate]) =>
          kubeconfig({ clusterName, endpoint, certificate, region: place.region, ...access }),
        ),
    );
    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint, kubeconfig: this.kubeconfig });
  }
}

/** The cluster's name in AWS, known before it exists: subnets and identities refer to it. */
export function clusterName(place: AwsPlace, name: string): string {
  return awsName(place, name, NAME_LIMITS.awsCluster);
}

function createCluster(parent: pulumi.Resource, name: string, args: AwsClusterArgs, nodes: RoleWithPolicies) {
  const { place, version, subnetIds, compute, publicAccessCidrs = [], supportType = "STANDARD" } = args;
  const clusterRole = createClusterRole(parent, name, args);
  const secretsKey = new AwsEncryptionKey(
    `${name}-secrets-key`,
    { place, description: `Kubernetes secrets of ${place.stack}` },
    { parent },
  );
  const logs = createLogs(parent, name, args);
  const auto = "auto" in compute;
  return new eks.Cluster(
    name,
    {
      name: clusterName(place, name),
      version,
      roleArn: clusterRole.role.arn,
      vpcConfig: {
        subnetIds,
        endpointPrivateAccess: true,
        endpointPublicAccess: publicAccessCidrs.length > 0,
        ...(publicAccessCidrs.length > 0 ? { publicAccessCidrs: [...publicAccessCidrs] } : {}),
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      encryptionConfig: { provider: { keyArn: secretsKey.arn }, resources: ["secrets"] },
      enabledClusterLogTypes: [...LOG_TYPES],
      upgradePolicy: { supportType },
      zonalShiftConfig: { enabled: true },
      deletionProtection: protects(place),
      // All three go on together or not at all; said in full, so that switching is an update.
      computeConfig: auto
        ? { enabled: true, nodePools: [...compute.auto], nodeRoleArn: nodes.role.arn }
        : { enabled: false },
      kubernetesNetworkConfig: { ipFamily: "ipv4", elasticLoadBalancing: { enabled: auto } },
      storageConfig: { blockStorage: { enabled: auto } },
      tags: standardTags(place, name),
    },
    {
      parent,
      dependsOn: [...clusterRole.policies, logs],
      // EKS takes subnets of the first zones alone, so a zone added later is for nodes only; the other two are
      // read once, at creation, and any difference would replace the cluster.
      ignoreChanges: [
        "vpcConfig.subnetIds",
        "accessConfig.bootstrapClusterCreatorAdminPermissions",
        "bootstrapSelfManagedAddons",
      ],
    },
  );
}

function createClusterRole(parent: pulumi.Resource, name: string, { place, compute }: AwsClusterArgs) {
  const auto = "auto" in compute;
  return role(
    `${name}-role`,
    {
      place,
      description: "The EKS control plane",
      trust: policyDocument([
        {
          sid: "Cluster",
          actions: auto ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"],
          principals: { services: ["eks.amazonaws.com"] },
        },
      ]),
      managed: auto
        ? [
            "AmazonEKSClusterPolicy",
            "AmazonEKSBlockStoragePolicy",
            "AmazonEKSComputePolicy",
            "AmazonEKSLoadBalancingPolicy",
            "AmazonEKSNetworkingPolicy",
          ]
        : ["AmazonEKSClusterPolicy", "AmazonEKSVPCResourceController"],
    },
    { parent },
  );
}

/** EKS writes to this name; made first, or EKS makes it itself, unencrypted and for ever. */
function createLogs(parent: pulumi.Resource, name: string, { place, logRetentionDays }: AwsClusterArgs) {
  const key = new AwsEncryptionKey(
    `${name}-logs-key`,
    { place, description: `Control plane logs of ${place.stack}`, services: ["logs"] },
    { parent },
  );
  return logGroup(
    `${name}-logs`,
    name,
    {
      place,
      logGroupName: `/aws/eks/${clusterName(place, name)}/cluster`,
      kmsKeyArn: key.arn,
      ...(logRetentionDays === undefined ? {} : { retentionDays: logRetentionDays }),
    },
    { parent },
  );
}
