import { cidrContains, cidrsOverlap, parseCidr } from "../cidr";
import type { Live, Made, ResourceType, Rule } from "../resourceType";
import { awsType, CIDR, ec2Id, flag, input, list, number, object, refers, regionOf, text } from "./awsType";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const EGRESS = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";
const SECONDARY = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

const ec2Arn = (kind: string) => (made: Made, id: string) => `ec2:${regionOf(made)}:${made.account}:${kind}/${id}`;

/** Live resources of a type other than the one being changed, with the same value of an input. */
function others(made: Made, current: Live | undefined, token: string, property: string): readonly Live[] {
  const value = made.inputs[property];
  return made.world.resources.filter(
    (live) => live.token === token && live.urn !== current?.urn && live.inputs[property] === value,
  );
}

const vpcRange: Rule = (made) => {
  const prefix = Number(input(made, "cidrBlock").split("/")[1]);
  if (parseCidr(input(made, "cidrBlock")) && prefix >= 16 && prefix <= 28) return undefined;
  return `InvalidVpc.Range: The CIDR '${input(made, "cidrBlock")}' is invalid.`;
};

/** Ranges of a VPC: its own and the associated ones. */
function vpcRanges(made: Made): readonly string[] {
  const vpc = made.world.find([VPC], made.inputs.vpcId);
  const further = made.world.resources.filter((live) => live.token === SECONDARY && live.inputs.vpcId === vpc?.id);
  return [vpc, ...further].map((live) => String(live?.inputs.cidrBlock));
}

const subnetInside: Rule = (made) => {
  const inside = vpcRanges(made).some((cidr) => cidrContains(cidr, input(made, "cidrBlock")));
  return inside ? undefined : `InvalidSubnet.Range: The CIDR '${input(made, "cidrBlock")}' is invalid.`;
};

const subnetApart: Rule = (made, current) => {
  const twin = others(made, current, SUBNET, "vpcId").find((live) =>
    cidrsOverlap(String(live.inputs.cidrBlock), input(made, "cidrBlock")),
  );
  return twin && `InvalidSubnet.Conflict: The CIDR '${input(made, "cidrBlock")}' conflicts with another subnet`;
};

const oneTarget: Rule = (made) => {
  const targets = ["gatewayId", "natGatewayId", "egressOnlyGatewayId"].filter(
    (name) => made.inputs[name] !== undefined,
  );
  return targets.length === 1
    ? undefined
    : `InvalidParameterCombination: exactly one route target is expected, found ${targets.length}`;
};

const oneRouteEach: Rule = (made, current) => {
  const twin = others(made, current, "aws:ec2/route:Route", "routeTableId").find(
    (live) =>
      live.inputs.destinationCidrBlock === made.inputs.destinationCidrBlock &&
      live.inputs.destinationIpv6CidrBlock === made.inputs.destinationIpv6CidrBlock,
  );
  return twin && "RouteAlreadyExists: The route identified by the destination already exists.";
};

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

const replaced = { required: true, replaces: true } as const;
const rule = {
  securityGroupId: refers(GROUP, undefined, replaced),
  description: text({ maxLength: 255 }),
  ipProtocol: text({ required: true }),
  fromPort: number({ min: -1, max: 65_535 }),
  toPort: number({ min: -1, max: 65_535 }),
  cidrIpv4: text({ pattern: CIDR }),
  cidrIpv6: text(),
  // The cluster's own security group counts too: EKS makes it, no resource of the program does.
  referencedSecurityGroupId: text({ pattern: /sg-[0-9a-f]{17}/ }),
};

/** VPCs and what lies in them. Source of the codes: EC2 API reference, "Error codes". */
export const networkTypes: readonly ResourceType[] = [
  awsType({
    token: VPC,
    id: ec2Id("vpc"),
    arn: ec2Arn("vpc"),
    inputs: {
      cidrBlock: text({ ...replaced, pattern: CIDR }),
      enableDnsHostnames: flag({ default: false }),
      enableDnsSupport: flag({ default: true }),
      assignGeneratedIpv6CidrBlock: flag({ default: false }),
      instanceTenancy: text({ values: ["default", "dedicated"], default: "default" }),
    },
    outputs: (made) => ({
      ipv6CidrBlock: made.inputs.assignGeneratedIpv6CidrBlock
        ? `2600:1f18:${(made.sequence % 65_536).toString(16)}:5600::/56`
        : "",
      defaultSecurityGroupId: ec2Id("sg")(made),
      mainRouteTableId: ec2Id("rtb")(made),
      ownerId: made.account,
    }),
    rules: [vpcRange],
    quota: { most: 5, code: "VpcLimitExceeded" },
  }),
  awsType({
    token: SECONDARY,
    untagged: true,
    id: ec2Id("vpc-cidr-assoc"),
    inputs: { vpcId: refers(VPC, undefined, replaced), cidrBlock: text({ ...replaced, pattern: CIDR }) },
    quota: { most: 4, per: "vpcId", code: "CidrLimitExceeded" },
  }),
  awsType({
    token: SUBNET,
    id: ec2Id("subnet"),
    arn: ec2Arn("subnet"),
    inputs: {
      vpcId: refers(VPC, undefined, replaced),
      cidrBlock: text({ ...replaced, pattern: CIDR }),
      availabilityZoneId: text({ replaces: true, pattern: /^[a-z]+\d-az\d$/ }),
      mapPublicIpOnLaunch: flag({ default: false }),
      ipv6CidrBlock: text(),
      assignIpv6AddressOnCreation: flag({ default: false }),
    },
    outputs: (made) => ({
      availabilityZone: `${regionOf(made)}${"abcdef"[Number(input(made, "availabilityZoneId").slice(-1)) - 1] ?? "a"}`,
      ownerId: made.account,
    }),
    rules: [subnetInside, subnetApart],
    quota: { most: 200, per: "vpcId", code: "SubnetLimitExceeded" },
  }),
  awsType({
    token: GATEWAY,
    id: ec2Id("igw"),
    arn: ec2Arn("internet-gateway"),
    inputs: { vpcId: refers(VPC) },
    quota: { most: 5, code: "InternetGatewayLimitExceeded" },
  }),
  awsType({
    token: EGRESS,
    id: ec2Id("eigw"),
    inputs: { vpcId: refers(VPC, undefined, replaced) },
  }),
  awsType({
    token: EIP,
    id: ec2Id("eipalloc"),
    arn: ec2Arn("elastic-ip"),
    inputs: { domain: text({ replaces: true, values: ["vpc"] }) },
    outputs: (made, id) => ({ allocationId: id, publicIp: `203.0.113.${(made.sequence % 254) + 1}` }),
    quota: { most: 5, code: "AddressLimitExceeded" },
  }),
  awsType({
    token: NAT,
    id: ec2Id("nat"),
    inputs: {
      allocationId: refers(EIP, undefined, { replaces: true }),
      subnetId: refers(SUBNET, undefined, { replaces: true }),
      connectivityType: text({ values: ["public", "private"], default: "public", replaces: true }),
    },
    outputs: (made) => ({
      publicIp: made.world.find([EIP], made.inputs.allocationId)?.outputs.publicIp ?? "",
      networkInterfaceId: ec2Id("eni")(made),
    }),
    quota: { most: 5, per: "subnetId", code: "NatGatewayLimitExceeded" },
  }),
  awsType({
    token: TABLE,
    id: ec2Id("rtb"),
    arn: ec2Arn("route-table"),
    inputs: { vpcId: refers(VPC, undefined, replaced) },
    outputs: (made) => ({ ownerId: made.account }),
    quota: { most: 200, per: "vpcId", code: "RouteTableLimitExceeded" },
  }),
  awsType({
    token: "aws:ec2/route:Route",
    untagged: true,
    id: (made) => `r-${input(made, "routeTableId")}${made.sequence}`,
    inputs: {
      routeTableId: refers(TABLE, undefined, replaced),
      destinationCidrBlock: text({ replaces: true, pattern: CIDR }),
      destinationIpv6CidrBlock: text({ replaces: true }),
      gatewayId: refers(GATEWAY),
      natGatewayId: refers(NAT),
      egressOnlyGatewayId: refers(EGRESS),
    },
    outputs: () => ({ origin: "CreateRoute", state: "active" }),
    rules: [oneTarget, oneRouteEach],
  }),
  awsType({
    token: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    untagged: true,
    id: ec2Id("rtbassoc"),
    inputs: {
      routeTableId: refers(TABLE, undefined, { required: true }),
      subnetId: refers(SUBNET, undefined, replaced),
    },
    unique: { property: "subnetId", within: "account" },
  }),
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
  }),
  awsType({
    token: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    id: ec2Id("sgr"),
    arn: ec2Arn("security-group-rule"),
    inputs: rule,
    outputs: (_, id) => ({ securityGroupRuleId: id }),
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
];

/** Kept apart because flow logs also refer to log groups and roles. */
export const flowLogType: ResourceType = awsType({
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
});
