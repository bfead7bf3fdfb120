import type { ResourceType, Rule } from "../resourceType";
import { awsType, CIDR, ec2Id, input, refers, text } from "./awsType";
import { ec2Arn, others, SUBNET, VPC } from "./network";

export const TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/internetGateway:InternetGateway";
const EGRESS = "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway";
const NAT = "aws:ec2/natGateway:NatGateway";
const EIP = "aws:ec2/eip:Eip";

const replaced = { required: true, replaces: true } as const;

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

/** Gateways, addresses, and the tables that lead to them. */
export const routingTypes: readonly ResourceType[] = [
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
];
