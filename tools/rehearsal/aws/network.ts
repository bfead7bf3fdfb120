import { cidrContains, cidrsOverlap, parseCidr } from "../cidr";
import type { Live, Made, ResourceType, Rule } from "../resourceType";
import { awsType, CIDR, ec2Id, flag, input, refers, regionOf, text } from "./awsType";

export const VPC = "aws:ec2/vpc:Vpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
const SECONDARY = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";

/** ARN of something of EC2's, by its kind. */
export const ec2Arn = (kind: string) => (made: Made, id: string) =>
  `ec2:${regionOf(made)}:${made.account}:${kind}/${id}`;

/** Live resources of a type other than the one being changed, with the same value of an input. */
export function others(made: Made, current: Live | undefined, token: string, property: string): readonly Live[] {
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

const replaced = { required: true, replaces: true } as const;
/** VPCs and their subnets. Source of the codes: EC2 API reference, "Error codes". */
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
];
