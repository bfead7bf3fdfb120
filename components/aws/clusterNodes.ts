import * as ec2 from "@pulumi/aws/ec2";
import type * as eks from "@pulumi/aws/eks";
import type * as pulumi from "@pulumi/pulumi";
import { type AddonName, AFTER_NODES, addon, addonVersion, BEFORE_NODES } from "./addons";
import type { AwsClusterArgs } from "./cluster";
import { nodePools } from "./clusterPlan";
import { AwsKarpenter } from "./karpenter";
import { AwsNodePool } from "./nodePool";
import { podTrust, serviceTrust } from "./policyDocument";
import { type RoleWithPolicies, role } from "./role";

/** The role of all nodes: to join, to give pods addresses, to pull images, to be reached through Session Manager. */
export function nodeRole(parent: pulumi.Resource, name: string, { place, compute }: AwsClusterArgs): RoleWithPolicies {
  const auto = "auto" in compute;
  return role(
    `${name}-nodes`,
    {
      place,
      description: "Nodes of the EKS cluster",
      trust: serviceTrust("ec2.amazonaws.com"),
      managed: auto
        ? ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"]
        : [
            "AmazonEKSWorkerNodePolicy",
            "AmazonEKS_CNI_Policy",
            "AmazonEC2ContainerRegistryPullOnly",
            "AmazonSSMManagedInstanceCore",
          ],
    },
    { parent },
  );
}

/** Add-ons that nodes need, the pools, then the add-ons that need nodes, and what Karpenter needs. */
export function addNodes(
  parent: pulumi.Resource,
  name: string,
  args: AwsClusterArgs,
  cluster: eks.Cluster,
  nodes: RoleWithPolicies,
): void {
  const { place, version, subnetIds, compute } = args;
  const before = addons(parent, name, args, cluster, BEFORE_NODES, []);
  const after = [...before, ...nodes.policies];
  const pools = Object.entries(nodePools(args)).map(
    ([pool, spec]) =>
      new AwsNodePool(
        `${name}-${pool}`,
        { place, pool, spec, clusterName: cluster.name, version, nodeRoleArn: nodes.role.arn, subnetIds, after },
        { parent },
      ),
  );
  addons(parent, name, args, cluster, AFTER_NODES, pools);
  if ("auto" in compute || !compute.karpenter) return;
  const { clusterSecurityGroupId } = cluster.vpcConfig;
  new ec2.Tag(
    `${name}-discovery`,
    { resourceId: clusterSecurityGroupId, key: "karpenter.sh/discovery", value: cluster.name },
    { parent },
  );
  new AwsKarpenter(
    `${name}-karpenter`,
    { place, clusterName: cluster.name, clusterArn: cluster.arn, namespace: compute.karpenter.namespace },
    { parent },
  );
}

function addons(
  parent: pulumi.Resource,
  name: string,
  args: AwsClusterArgs,
  cluster: eks.Cluster,
  names: readonly AddonName[],
  dependsOn: readonly pulumi.Resource[],
): eks.Addon[] {
  const { place } = args;
  return names.map((each) => {
    const identity = each === "aws-ebs-csi-driver" ? volumeIdentity(parent, name, args) : undefined;
    return addon(
      `${name}-${each}`,
      {
        place,
        addon: each,
        version: addonVersion(each, args.version, args.addonVersions) ?? "",
        clusterName: cluster.name,
        ...(identity === undefined ? {} : { identity }),
        ...(each === "vpc-cni" ? { configuration: CNI_CONFIGURATION } : {}),
      },
      { parent, dependsOn: [...dependsOn] },
    );
  });
}

/** The /24s are small: prefixes give a node sixteen addresses at once; and network policies are enforced by the CNI. */
const CNI_CONFIGURATION = {
  enableNetworkPolicy: "true",
  env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
};

function volumeIdentity(parent: pulumi.Resource, name: string, { place }: AwsClusterArgs) {
  const { role: made } = role(
    `${name}-ebs-csi`,
    {
      place,
      description: "The EBS CSI driver",
      trust: podTrust(),
      managed: ["service-role/AmazonEBSCSIDriverPolicy"],
    },
    { parent },
  );
  return { roleArn: made.arn, serviceAccount: "ebs-csi-controller-sa" };
}
