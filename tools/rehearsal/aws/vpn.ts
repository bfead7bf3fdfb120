import { cidrsOverlap, parseCidr } from "../cidr";
import type { InputRule, Live, Made, ResourceType, Rule } from "../resourceType";
import { awsType, CIDR, ec2Id, flag, input, list, number, refers, regionOf, text } from "./awsType";

const VPC = "aws:ec2/vpc:Vpc";
const TABLE = "aws:ec2/routeTable:RouteTable";
const GATEWAY = "aws:ec2/vpnGateway:VpnGateway";
const CUSTOMER = "aws:ec2/customerGateway:CustomerGateway";
const CONNECTION = "aws:ec2/vpnConnection:VpnConnection";

/** Ranges inside tunnels that AWS keeps. Source: AWS Site-to-Site VPN user guide, "Tunnel options". */
const KEPT = [...[0, 1, 2, 3, 4, 5].map((third) => `169.254.${third}.0/30`), "169.254.169.252/30"];

const arn = (kind: string) => (made: Made, id: string) => `ec2:${regionOf(made)}:${made.account}:${kind}/${id}`;
const replaced = { required: true, replaces: true } as const;
const asn = { pattern: /\d+/ } as const;

const insideCidrs = (inputs: Live["inputs"]) => [inputs.tunnel1InsideCidr, inputs.tunnel2InsideCidr].map(String);

const insideAllowed: Rule = ({ inputs }) => {
  const bad = insideCidrs(inputs).find(
    (cidr) => !cidrsOverlap(cidr, "169.254.0.0/16") || parseCidr(cidr)?.size !== 4 || KEPT.includes(cidr),
  );
  return bad && `InvalidParameterValue: The tunnel inside CIDR ${bad} is not a /30 of 169.254.0.0/16, or is reserved.`;
};

/** Inside ranges are unique among all connections of a gateway. */
const insideApart: Rule = (made, current) => {
  const others = made.world.resources.filter(
    ({ token, urn, inputs }) =>
      token === CONNECTION && urn !== current?.urn && inputs.vpnGatewayId === made.inputs.vpnGatewayId,
  );
  const [one = "", two = ""] = insideCidrs(made.inputs);
  const taken = others.flatMap(({ inputs }) => insideCidrs(inputs));
  const clash = one === two ? one : [one, two].find((cidr) => taken.includes(cidr));
  return clash && `InvalidParameterValue: The tunnel inside CIDR ${clash} is already in use.`;
};

/** A VPC has one gateway. */
const oneGatewayEach: Rule = (made, current) => {
  const twin = made.world.resources.find(
    ({ token, urn, inputs }) => token === GATEWAY && urn !== current?.urn && inputs.vpcId === made.inputs.vpcId,
  );
  return twin && `VpcLimitExceeded: vpc ${input(made, "vpcId")} already has the attached VPN gateway ${twin.id}.`;
};

const privateAsn: Rule = (made) => {
  const value = Number(made.inputs.amazonSideAsn ?? 64_512);
  const isPrivate = (value >= 64_512 && value <= 65_534) || (value >= 4_200_000_000 && value <= 4_294_967_294);
  return isPrivate ? undefined : `InvalidParameterValue: The Amazon side ASN ${value} is not in a private range.`;
};

const numbers = list(number({ min: 2, max: 24 }), { min: 1 });
const encryption = list(text({ values: ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"] }), { min: 1 });
const integrity = list(text({ values: ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"] }), { min: 1 });

/** The options of one tunnel, whose names all start with it. */
function tunnelInputs(tunnel: 1 | 2): Record<string, InputRule> {
  const rules: Readonly<Record<string, InputRule>> = {
    InsideCidr: text({ pattern: CIDR }),
    // Letters, digits, dots and underscores, not starting with zero.
    PresharedKey: text({ pattern: /[A-Za-z1-9._][A-Za-z0-9._]{7,63}/ }),
    IkeVersions: list(text({ values: ["ikev1", "ikev2"] })),
    Phase1EncryptionAlgorithms: encryption,
    Phase1IntegrityAlgorithms: integrity,
    Phase1DhGroupNumbers: numbers,
    Phase1LifetimeSeconds: number({ min: 900, max: 28_800 }),
    Phase2EncryptionAlgorithms: encryption,
    Phase2IntegrityAlgorithms: integrity,
    Phase2DhGroupNumbers: numbers,
    Phase2LifetimeSeconds: number({ min: 900, max: 3600 }),
    DpdTimeoutAction: text({ values: ["clear", "none", "restart"] }),
    StartupAction: text({ values: ["add", "start"] }),
  };
  return Object.fromEntries(Object.entries(rules).map(([name, rule]) => [`tunnel${tunnel}${name}`, rule]));
}

/** Site-to-site VPN. Sources: EC2 API reference; AWS Site-to-Site VPN user guide. */
export const vpnTypes: readonly ResourceType[] = [
  awsType({
    token: GATEWAY,
    id: ec2Id("vgw"),
    arn: arn("vpn-gateway"),
    inputs: { vpcId: refers(VPC), amazonSideAsn: text({ ...asn, replaces: true }) },
    rules: [oneGatewayEach, privateAsn],
    quota: { most: 5, code: "VpnGatewayLimitExceeded" },
  }),
  awsType({
    token: "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
    untagged: true,
    id: (made) => `${input(made, "vpnGatewayId")}_${input(made, "routeTableId")}`,
    inputs: {
      vpnGatewayId: refers(GATEWAY, undefined, replaced),
      routeTableId: refers(TABLE, undefined, replaced),
    },
  }),
  awsType({
    token: CUSTOMER,
    id: ec2Id("cgw"),
    arn: arn("customer-gateway"),
    inputs: {
      type: text({ ...replaced, values: ["ipsec.1"] }),
      bgpAsn: text({ ...asn, replaces: true }),
      ipAddress: text({ replaces: true, pattern: /\d{1,3}(\.\d{1,3}){3}/ }),
    },
    quota: { most: 50, code: "CustomerGatewayLimitExceeded" },
  }),
  awsType({
    token: CONNECTION,
    id: ec2Id("vpn"),
    arn: arn("vpn-connection"),
    inputs: {
      type: text({ ...replaced, values: ["ipsec.1"] }),
      customerGatewayId: refers(CUSTOMER, undefined, { required: true }),
      vpnGatewayId: refers(GATEWAY),
      staticRoutesOnly: flag({ replaces: true, default: false }),
      ...tunnelInputs(1),
      ...tunnelInputs(2),
    },
    rules: [insideAllowed, insideApart],
    quota: { most: 10, per: "vpnGatewayId", code: "VpnConnectionLimitExceeded" },
    outputs: (made) => ({
      tunnel1Address: `198.51.100.${(made.sequence * 2) % 254}`,
      tunnel2Address: `198.51.100.${(made.sequence * 2 + 1) % 254}`,
      customerGatewayConfiguration: "<vpn_connection/>",
    }),
  }),
];
