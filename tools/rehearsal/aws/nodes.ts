import { AMI_TYPES } from "../../../components/aws/nodePoolShape";
import type { Made, ResourceType, Rule } from "../resourceType";
import { awsType, ec2Id, flag, input, list, map, number, object, refers, regionOf, text, uuid } from "./awsType";
import { CLUSTER, eksArn, ofCluster, VERSION } from "./cluster";
import { isInstanceType } from "./machineTypes";
import { ROLE } from "./security";

const SUBNET = "aws:ec2/subnet:Subnet";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

const replaced = { required: true, replaces: true } as const;

/** Nodes run at most three minor versions behind the control plane and never ahead. */
const notAhead: Rule = (made) => {
  const cluster = made.world.find([CLUSTER], made.inputs.clusterName);
  const behind = minor(cluster?.inputs.version) - minor(made.inputs.version);
  return behind >= 0 && behind <= 3
    ? undefined
    : `InvalidParameterException: Requested Nodegroup version ${input(made, "version")} is not supported by cluster version ${String(cluster?.inputs.version)}`;
};

const sizesFit: Rule = (made) => {
  const { minSize = 0, maxSize = 0, desiredSize = 0 } = made.inputs.scalingConfig as Record<string, number>;
  return minSize <= desiredSize && desiredSize <= maxSize
    ? undefined
    : `InvalidParameterException: desired capacity ${desiredSize} must be between minimum ${minSize} and maximum ${maxSize}`;
};

const AMAZON_LINUX_2 = ["AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64"];

/** The last version with images of Amazon Linux 2. Source: Amazon EKS User Guide, "Amazon Linux 2 AMI deprecation". */
const AMAZON_LINUX_2_UNTIL = 32;

const imageOfVersion: Rule = ({ inputs: { amiType, version } }) =>
  AMAZON_LINUX_2.includes(String(amiType)) && minor(version) > AMAZON_LINUX_2_UNTIL
    ? `InvalidParameterException: AMI Type ${String(amiType)} is only supported for kubernetes versions 1.${AMAZON_LINUX_2_UNTIL} or earlier`
    : undefined;

/** EKS asks for the types when the group is made, whichever of the two names them. */
const typesExist: Rule = (made) => {
  const { id } = (made.inputs.launchTemplate ?? {}) as { id?: string };
  const inTemplate = made.world.find([TEMPLATE], id)?.inputs.instanceType;
  const inGroup = (made.inputs.instanceTypes ?? []) as readonly string[];
  const named = inTemplate === undefined ? inGroup : [...inGroup, String(inTemplate)];
  const strange = named.filter((type) => !isInstanceType(type));
  return strange.length > 0
    ? `InvalidParameterException: The following supplied instance types do not exist: [${strange.join(", ")}]`
    : undefined;
};

/** Instance types are named in the template or in the group, in one of them. */
const typesOnce: Rule = (made) => {
  const { id } = (made.inputs.launchTemplate ?? {}) as { id?: string };
  const inTemplate = made.world.find([TEMPLATE], id)?.inputs.instanceType !== undefined;
  const inGroup = made.inputs.instanceTypes !== undefined;
  return inTemplate && inGroup
    ? "InvalidRequestException: Cannot specify instance types in launch template and API request"
    : undefined;
};

function minor(version: unknown): number {
  return Number(String(version).split(".")[1]);
}

/** Nodes: launch templates, managed groups, and the tags of what EKS makes for them. */
export const nodeTypes: readonly ResourceType[] = [
  awsType({
    token: TEMPLATE,
    id: ec2Id("lt"),
    arn: (made, id) => `ec2:${regionOf(made)}:${made.account}:launch-template/${id}`,
    inputs: {
      name: text({ ...replaced, maxLength: 128, pattern: /[a-zA-Z0-9().\-/_]{3,128}/ }),
      description: text({ maxLength: 255 }),
      updateDefaultVersion: flag(),
      instanceType: text({ pattern: /[a-z][a-z0-9-]*\.[a-z0-9-]+/ }),
      blockDeviceMappings: list(
        object({
          deviceName: text({ required: true }),
          ebs: object({
            volumeType: text({ values: ["gp3", "gp2", "io1", "io2", "st1", "sc1", "standard"] }),
            volumeSize: number({ min: 1, max: 16_384 }),
            encrypted: text({ values: ["true", "false"] }),
            deleteOnTermination: text({ values: ["true", "false"] }),
          }),
        }),
      ),
      metadataOptions: object({
        httpEndpoint: text({ values: ["enabled", "disabled"] }),
        httpTokens: text({ values: ["optional", "required"] }),
        httpPutResponseHopLimit: number({ min: 1, max: 64 }),
      }),
      monitoring: object({ enabled: flag() }),
      instanceMarketOptions: object({ marketType: text({ values: ["spot", "capacity-block"] }) }),
      capacityReservationSpecification: object({
        capacityReservationTarget: object({ capacityReservationId: text({ pattern: /cr-[0-9a-f]{17}/ }) }),
      }),
      tagSpecifications: list(
        object({
          resourceType: text({ values: ["instance", "volume", "network-interface", "spot-instances-request"] }),
          tags: map(text({ maxLength: 256 })),
        }),
      ),
    },
    outputs: (made) => {
      const version = templateVersion(made);
      return { latestVersion: version, defaultVersion: version };
    },
    unique: { property: "name", within: "account" },
  }),
  awsType({
    token: "aws:eks/nodeGroup:NodeGroup",
    id: (made) => `${input(made, "clusterName")}:${input(made, "nodeGroupName")}`,
    arn: (made, id) => `${eksArn("nodegroup")(made, id)}/${uuid(made)}`,
    inputs: {
      clusterName: ofCluster,
      nodeGroupName: text({ ...replaced, maxLength: 63, pattern: /[0-9A-Za-z][A-Za-z0-9_-]*/ }),
      nodeRoleArn: refers(ROLE, ["arn"], replaced),
      version: text({ pattern: VERSION }),
      subnetIds: list(refers(SUBNET), { ...replaced, min: 1 }),
      amiType: text({ replaces: true, values: [...AMI_TYPES, ...AMAZON_LINUX_2] }),
      capacityType: text({ replaces: true, values: ["ON_DEMAND", "SPOT", "CAPACITY_BLOCK"] }),
      instanceTypes: list(text(), { replaces: true, max: 20 }),
      launchTemplate: object({
        id: refers(TEMPLATE, undefined, { replaces: true }),
        version: text({ required: true }),
      }),
      scalingConfig: object(
        {
          minSize: number({ required: true, min: 0 }),
          maxSize: number({ required: true, min: 1 }),
          desiredSize: number({ required: true, min: 0 }),
        },
        { required: true },
      ),
      updateConfig: object({
        maxUnavailable: number({ min: 1, max: 100 }),
        maxUnavailablePercentage: number({ min: 1, max: 100 }),
      }),
      nodeRepairConfig: object({ enabled: flag() }),
      labels: map(text({ maxLength: 63, pattern: /([A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?)?/ })),
      taints: list(
        object({
          key: text({ required: true, maxLength: 63 }),
          value: text({ maxLength: 63 }),
          effect: text({ required: true, values: ["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"] }),
        }),
        { max: 50 },
      ),
    },
    outputs: (made) => ({
      status: "ACTIVE",
      resources: [{ autoscalingGroups: [{ name: `eks-${input(made, "nodeGroupName")}-${uuid(made)}` }] }],
    }),
    rules: [notAhead, imageOfVersion, sizesFit, typesExist, typesOnce],
    quota: { most: 30, per: "clusterName", code: "ResourceLimitExceededException" },
  }),
  awsType({
    token: "aws:autoscaling/tag:Tag",
    untagged: true,
    id: (made) => `${input(made, "autoscalingGroupName")},${(made.inputs.tag as { key: string }).key}`,
    inputs: {
      autoscalingGroupName: text(replaced),
      tag: object(
        {
          key: text({ ...replaced, maxLength: 128 }),
          value: text({ required: true, maxLength: 256 }),
          propagateAtLaunch: flag({ required: true }),
        },
        { required: true },
      ),
    },
  }),
  awsType({
    token: "aws:ec2/tag:Tag",
    untagged: true,
    id: (made) => `${input(made, "resourceId")},${input(made, "key")}`,
    inputs: {
      resourceId: text(replaced),
      key: text({ ...replaced, maxLength: 128 }),
      value: text({ required: true, maxLength: 256 }),
    },
  }),
];

/** A template gains a version by every change of its contents. */
function templateVersion(made: Made): number {
  const before = made.world.resources.find((live) => live.token === TEMPLATE && live.inputs.name === made.inputs.name);
  if (!before) return 1;
  const version = Number(before.outputs.latestVersion ?? 1);
  const contents = (inputs: Readonly<Record<string, unknown>>) => JSON.stringify({ ...inputs, tags: undefined });
  return contents(before.inputs) === contents(made.inputs) ? version : version + 1;
}
