import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";
import type { NodePoolShape, Taint } from "../contract";
import { NAME_LIMITS } from "../naming";
import { type AwsNodePoolSpec, amiType, capacityType, desiredSize, poolShape, replacementKey } from "./nodePoolShape";
import { type AwsPlace, awsName, namedTags, standardTags } from "./place";

export interface AwsNodePoolArgs {
  readonly place: AwsPlace;
  /** Name inside the cluster, at most 12 characters. */
  readonly pool: string;
  readonly spec: AwsNodePoolSpec;
  readonly clusterName: pulumi.Input<string>;
  /** Kubernetes minor version of the nodes. */
  readonly version: string;
  readonly nodeRoleArn: pulumi.Input<string>;
  /** Private subnets by number of the zone. */
  readonly subnetIds: pulumi.Input<string[]>;
  /** What nodes need from their first second on: add-ons of the network, the role's policies. */
  readonly after: readonly pulumi.Resource[];
}

/** Nodes of one kind: a launch template and a managed node group, apart from the cluster so that neither replaces the other. */
export class AwsNodePool extends pulumi.ComponentResource {
  readonly shape: NodePoolShape;
  readonly nodeGroupName: pulumi.Output<string>;

  constructor(name: string, args: AwsNodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    super("tideline:aws:NodePool", name, {}, opts);
    this.shape = poolShape(args.pool, args.spec);
    const template = launchTemplate(this, name, args);
    const group = nodeGroup(this, name, args, template, this.shape);
    if (args.spec.gpu) scaleFromZeroTags(this, name, group, this.shape);
    this.nodeGroupName = group.nodeGroupName;
    this.registerOutputs({ nodeGroupName: this.nodeGroupName });
  }
}

function launchTemplate(parent: pulumi.Resource, name: string, args: AwsNodePoolArgs): ec2.LaunchTemplate {
  const { place, spec } = args;
  const { diskGb = spec.gpu ? 200 : 100, capacity, instanceTypes, metadataHopLimit = 1 } = spec;
  const tags = { ...namedTags(place, name), "tideline.dev/pool": args.pool };
  const [only, ...others] = instanceTypes;
  return new ec2.LaunchTemplate(
    name,
    {
      name: awsName(place, name, NAME_LIMITS.awsLaunchTemplate),
      description: `Nodes of the pool ${args.pool}`,
      updateDefaultVersion: true,
      // Here, and not in the group, a change of the type rolls the nodes instead of replacing the group.
      ...(only !== undefined && others.length === 0 ? { instanceType: only } : {}),
      blockDeviceMappings: [
        {
          // Bottlerocket keeps its system on a small first disk, and images and pods on the second.
          deviceName: amiType(spec).startsWith("BOTTLEROCKET") ? "/dev/xvdb" : "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: diskGb, encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: metadataHopLimit,
      },
      monitoring: { enabled: place.environment === "prod" },
      ...(typeof capacity === "object"
        ? {
            instanceMarketOptions: { marketType: "capacity-block" },
            capacityReservationSpecification: {
              capacityReservationTarget: { capacityReservationId: capacity.reservedBlock },
            },
          }
        : {}),
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      tags: standardTags(place, name),
    },
    { parent },
  );
}

function nodeGroup(
  parent: pulumi.Resource,
  name: string,
  args: AwsNodePoolArgs,
  template: ec2.LaunchTemplate,
  shape: NodePoolShape,
): eks.NodeGroup {
  const { place, spec } = args;
  const key = replacementKey(spec, place.environment);
  return new eks.NodeGroup(
    name,
    {
      clusterName: args.clusterName,
      nodeGroupName: awsName(place, name, NAME_LIMITS.awsNodeGroup, key),
      nodeRoleArn: args.nodeRoleArn,
      version: args.version,
      subnetIds: pulumi
        .output(args.subnetIds)
        .apply((ids) => (spec.zones ?? [...ids.keys()]).map((zone) => ids[zone] ?? "")),
      amiType: amiType(spec),
      capacityType: capacityType(spec, place.environment),
      ...(spec.instanceTypes.length > 1 ? { instanceTypes: [...spec.instanceTypes] } : {}),
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      scalingConfig: { minSize: spec.min, maxSize: spec.max, desiredSize: desiredSize(spec) },
      // A third at once: fast enough for a large pool, one node in a small one.
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
      labels: { ...shape.labels },
      taints: shape.taints.map((taint) => ({ ...taint, effect: EFFECTS[taint.effect] })),
      tags: standardTags(place, name),
    },
    // From the second run on the autoscaler owns the number. A zone added to the network must not replace the pools
    // that did not name theirs; they stay where they are.
    {
      parent,
      dependsOn: [...args.after],
      ignoreChanges: ["scalingConfig.desiredSize", ...(spec.zones ? [] : ["subnetIds"])],
      customTimeouts: { create: "30m", update: "60m", delete: "30m" },
    },
  );
}

/** EKS's own words for the effects of taints. */
const EFFECTS: Readonly<Record<Taint["effect"], string>> = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
};

/** Without a running node the cluster autoscaler learns from these tags that the group has GPUs. */
function scaleFromZeroTags(parent: pulumi.Resource, name: string, group: eks.NodeGroup, shape: NodePoolShape): void {
  const autoscalingGroupName = group.resources.apply((found) => found[0]?.autoscalingGroups?.[0]?.name ?? "");
  const prefix = "k8s.io/cluster-autoscaler/node-template";
  const tags: Record<string, string> = {
    [`${prefix}/resources/nvidia.com/gpu`]: String(shape.gpusPerNode),
    ...Object.fromEntries(Object.entries(shape.labels).map(([key, value]) => [`${prefix}/label/${key}`, value])),
    ...Object.fromEntries(
      shape.taints.map(({ key, value, effect }) => [`${prefix}/taint/${key}`, `${value}:${effect}`]),
    ),
  };
  for (const [key, value] of Object.entries(tags)) {
    new autoscaling.Tag(
      `${name}-${key.slice(prefix.length + 1).replace(/[^a-z0-9]+/gi, "-")}`,
      { autoscalingGroupName, tag: { key, value, propagateAtLaunch: false } },
      { parent },
    );
  }
}
