import type { ResourceType, Rule } from "../resourceType";
import { awsType, CIDR, ec2Id, flag, input, list, number, object, refers, regionOf, text } from "./awsType";
import { ec2Arn, others, SUBNET, VPC } from "./network";
import { TABLE } from "./routing";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";

const replaced = { required: true, replaces: true } as const;

/** Only one interface endpoint of a service may own the private DNS name in a VPC. */
const oneEndpointEach: Rule = (made, current) => {
  const twin = others(made, current, "aws:ec2/vpcEndpoint:VpcEndpoint", "vpcId").find(
    (live) => live.inputs.serviceName === made.inputs.serviceName,
  );
  return (
    twin && `InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain`
  );
};

const serviceOfRegion: Rule = (made) =>
  input(made, "serviceName").startsWith(`com.amazonaws.${regionOf(made)}.`)
    ? undefined
    : `InvalidServiceName: The Vpc Endpoint Service '${input(made, "serviceName")}' does not exist`;

/** A rule belongs to a group that the program made, or to the one that EKS made for a cluster. */
const groupExists: Rule = (made) => {
  const id = input(made, "securityGroupId");
  const isClusters = made.world.resources.some(({ token, outputs }) => {
    const { clusterSecurityGroupId } = (outputs.vpcConfig ?? {}) as { readonly clusterSecurityGroupId?: string };
    return token === "aws:eks/cluster:Cluster" && clusterSecurityGroupId === id;
  });
  if (isClusters || made.world.find([GROUP], id)) return undefined;
  return `InvalidGroup.NotFound: The security group '${id}' does not exist`;
};

const rule = {
  securityGroupId: text({ ...replaced, pattern: /sg-[0-9a-f]{17}/ }),
  description: text({ maxLength: 255 }),
  ipProtocol: text({ required: true }),
  fromPort: number({ min: -1, max: 65_535 }),
  toPort: number({ min: -1, max: 65_535 }),
  cidrIpv4: text({ pattern: CIDR }),
  cidrIpv6: text(),
  // The cluster's own security group counts too: EKS makes it, no resource of the program does.
  referencedSecurityGroupId: text({ pattern: /sg-[0-9a-f]{17}/ }),
};

/** Who reaches whom inside a VPC, the ways to AWS's services, and the record of it. */
export const networkAccessTypes: readonly ResourceType[] = [
  awsType({
    token: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    id: ec2Id("sg"),
    arn: ec2Arn("security-group"),
    inputs: { vpcId: refers(VPC, undefined, { replaces: true }), ingress: list(object({})), egress: list(object({})) },
    outputs: (made) => ({ name: "default", ownerId: made.account }),
  }),
  awsType({
    token: GROUP,
    id: ec2Id("sg"),
    arn: ec2Arn("security-group"),
    inputs: {
      name: text({ ...replaced, maxLength: 255 }),
      description: text({ replaces: true, maxLength: 255 }),
      vpcId: refers(VPC, undefined, { replaces: true }),
      revokeRulesOnDelete: flag({ default: false }),
    },
    outputs: (made) => ({ ownerId: made.account, ingress: [], egress: [] }),
    rules: [
      (made, current) =>
        others(made, current, GROUP, "vpcId").some((live) => live.inputs.name === made.inputs.name)
          ? `InvalidGroup.Duplicate: The security group '${input(made, "name")}' already exists`
          : undefined,
    ],
  }),
  awsType({
    token: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    id: ec2Id("sgr"),
    arn: ec2Arn("security-group-rule"),
    inputs: rule,
    outputs: (_, id) => ({ securityGroupRuleId: id }),
    rules: [groupExists],
  }),
  awsType({
    token: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    id: ec2Id("sgr"),
    arn: ec2Arn("security-group-rule"),
    inputs: rule,
    outputs: (_, id) => ({ securityGroupRuleId: id }),
    rules: [groupExists],
  }),
  awsType({
    token: "aws:ec2/vpcEndpoint:VpcEndpoint",
    id: ec2Id("vpce"),
    arn: ec2Arn("vpc-endpoint"),
    inputs: {
      vpcId: refers(VPC, undefined, replaced),
      serviceName: text(replaced),
      vpcEndpointType: text({
        replaces: true,
        values: ["Gateway", "Interface", "GatewayLoadBalancer"],
        default: "Gateway",
      }),
      privateDnsEnabled: flag(),
      subnetIds: list(refers(SUBNET)),
      securityGroupIds: list(refers(GROUP)),
      routeTableIds: list(refers(TABLE)),
      policy: text(),
    },
    outputs: () => ({ state: "available", dnsEntries: [], networkInterfaceIds: [] }),
    rules: [serviceOfRegion, oneEndpointEach],
    quota: { most: 50, per: "vpcId", code: "VpcEndpointLimitExceeded" },
  }),
  awsType({
    token: "aws:ec2/flowLog:FlowLog",
    id: ec2Id("fl"),
    arn: ec2Arn("vpc-flow-log"),
    inputs: {
      vpcId: refers(VPC, undefined, { replaces: true }),
      trafficType: text({ replaces: true, values: ["ACCEPT", "REJECT", "ALL"] }),
      logDestinationType: text({ replaces: true, values: ["cloud-watch-logs", "s3", "kinesis-data-firehose"] }),
      logDestination: refers("aws:cloudwatch/logGroup:LogGroup", ["arn"], { replaces: true }),
      iamRoleArn: refers("aws:iam/role:Role", ["arn"], { replaces: true }),
      maxAggregationInterval: number({ replaces: true, min: 60, max: 600, default: 600 }),
    },
  }),
];
