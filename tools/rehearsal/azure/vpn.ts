import { cidrContains } from "../cidr";
import type { ResourceType, Rule } from "../resourceType";
import {
  azureType,
  CIDR,
  fixed,
  flag,
  input,
  list,
  NETWORK_NAME,
  nested,
  number,
  object,
  oneOf,
  others,
  reference,
  refers,
  text,
} from "./azureType";
import { SUBNET } from "./network";

const GATEWAY = "azure-native:network:VirtualNetworkGateway";
const OTHER_GATEWAY = "azure-native:network:LocalNetworkGateway";
const PUBLIC_ADDRESS = "azure-native:network:PublicIPAddress";

/** Link-local addresses that Azure takes for BGP. Source: Azure VPN Gateway FAQ. */
const LINK_LOCAL = ["169.254.21.0/24", "169.254.22.0/24"];

/** Numbers that Azure keeps. Source: Azure VPN Gateway FAQ. */
const RESERVED_ASNS = [8074, 8075, 12_076, 65_517, 65_518, 65_519, 65_520];

const ADDRESS = /\d{1,3}(\.\d{1,3}){3}/;

type Members = Readonly<Record<string, unknown>>;
const members = (value: unknown, ...path: readonly string[]) => (nested(value, ...path) ?? []) as readonly Members[];

const gatewayName = (made: Parameters<Rule>[0]) => input(made, "virtualNetworkGatewayName");

const inGatewaySubnet: Rule = (made) => {
  const ids = members(made.inputs.ipConfigurations).map((entry) => String(nested(entry, "subnet", "id")));
  const bad = ids.find((id) => !id.endsWith("/subnets/GatewaySubnet"));
  return (
    bad &&
    `VirtualNetworkGatewaySubnetNameInvalid: ${gatewayName(made)} must be in a subnet named GatewaySubnet, not ${bad}.`
  );
};

const oneGatewayEach: Rule = (made, current) => {
  const subnetOf = (inputs: Members) => nested(members(inputs.ipConfigurations)[0], "subnet", "id");
  const twin = others(made, current, GATEWAY).find(({ inputs }) => subnetOf(inputs) === subnetOf(made.inputs));
  return (
    twin && `VirtualNetworkGatewayAlreadyExistsInSubnet: ${twin.id} is in the subnet of ${gatewayName(made)} already.`
  );
};

const twoInstances: Rule = (made) => {
  const count = members(made.inputs.ipConfigurations).length;
  const wanted = made.inputs.activeActive === true ? 2 : 1;
  return count === wanted
    ? undefined
    : `ActiveActiveGatewayMustHaveTwoIpConfigurations: ${gatewayName(made)} needs ${wanted} IP configurations, found ${count}.`;
};

/** Sizes whose name ends in AZ need addresses in zones. */
const zonalAddresses: Rule = (made) => {
  if (!String(nested(made.inputs.sku, "name")).endsWith("AZ")) return undefined;
  const addresses = members(made.inputs.ipConfigurations).map((entry) =>
    made.world.find([PUBLIC_ADDRESS], nested(entry, "publicIPAddress", "id")),
  );
  const bad = addresses.find((address) => members(address?.inputs.zones).length === 0);
  return bad && `VmssVpnGatewayPublicIpsMustHaveZonesConfigured: Public IP ${bad.id} has no zones.`;
};

const linkLocalAddresses: Rule = (made) => {
  const peerings = members(made.inputs.bgpSettings, "bgpPeeringAddresses");
  const all = peerings.flatMap(({ customBgpIpAddresses }) => (customBgpIpAddresses ?? []) as readonly string[]);
  const bad = all.find((address) => !LINK_LOCAL.some((range) => cidrContains(range, `${address}/32`)));
  if (bad) {
    return `CustomBgpIpAddressInvalid: ${bad} of ${gatewayName(made)} is not in 169.254.21.0 to 169.254.22.255.`;
  }
  const twin = all.find((address, index) => all.indexOf(address) < index);
  return twin && `CustomBgpIpAddressDuplicate: ${twin} is used more than once in ${gatewayName(made)}.`;
};

const ownInstances: Rule = (made) => {
  const known = members(made.inputs.ipConfigurations).map(({ name }) => `/ipConfigurations/${String(name)}`);
  const ids = members(made.inputs.bgpSettings, "bgpPeeringAddresses").map((entry) => String(entry.ipconfigurationId));
  const bad = ids.find(
    (id) => !known.some((tail) => id.endsWith(`/virtualNetworkGateways/${gatewayName(made)}${tail}`)),
  );
  return bad && `InvalidResourceReference: ${bad} is no IP configuration of ${gatewayName(made)}.`;
};

const freeAsn =
  (path: readonly string[]): Rule =>
  ({ inputs }) => {
    const asn = Number(nested(inputs, ...path));
    return RESERVED_ASNS.includes(asn) ? `BgpAsnIsReserved: The ASN ${asn} is reserved by Azure.` : undefined;
  };

/** A connection's custom addresses are among those that the gateway has. */
const knownAddresses: Rule = (made) => {
  const gateway = made.world.find([GATEWAY], nested(made.inputs.virtualNetworkGateway1, "id"));
  const peerings = members(gateway?.inputs.bgpSettings, "bgpPeeringAddresses");
  const bad = members(made.inputs.gatewayCustomBgpIpAddresses).find(
    ({ ipConfigurationId, customBgpIpAddress }) =>
      !peerings.some(
        (peering) =>
          peering.ipconfigurationId === ipConfigurationId &&
          ((peering.customBgpIpAddresses ?? []) as readonly unknown[]).includes(customBgpIpAddress),
      ),
  );
  return (
    bad &&
    `CustomBgpIpAddressNotFound: ${String(bad.customBgpIpAddress)} is no address of ${String(bad.ipConfigurationId)}.`
  );
};

const asn = number({ required: true, min: 1, max: 4_294_967_295 });

/** Site-to-site VPN. Sources: Azure REST API, Microsoft.Network; Azure VPN Gateway FAQ. */
export const vpnTypes: readonly ResourceType[] = [
  azureType({
    token: GATEWAY,
    kind: "Microsoft.Network/virtualNetworkGateways",
    name: "virtualNetworkGatewayName",
    inputs: {
      virtualNetworkGatewayName: text({ pattern: NETWORK_NAME }),
      gatewayType: fixed(oneOf("Vpn", "ExpressRoute")),
      vpnType: fixed(oneOf("RouteBased", "PolicyBased")),
      vpnGatewayGeneration: fixed(oneOf("None", "Generation1", "Generation2")),
      sku: object({
        name: text({ required: true, pattern: /VpnGw[1-5](AZ)?/ }),
        tier: text({ pattern: /VpnGw[1-5](AZ)?/ }),
      }),
      activeActive: flag({ default: false }),
      enableBgp: flag({ default: false }),
      ipConfigurations: list(
        object({
          name: text({ required: true, pattern: NETWORK_NAME }),
          privateIPAllocationMethod: oneOf("Dynamic", "Static"),
          publicIPAddress: reference(PUBLIC_ADDRESS, { required: true }),
          subnet: reference(SUBNET, { required: true }),
        }),
        { min: 1, max: 3 },
      ),
      bgpSettings: object({
        asn,
        bgpPeeringAddresses: list(
          object({
            ipconfigurationId: text({ required: true }),
            customBgpIpAddresses: list(text({ pattern: ADDRESS })),
          }),
        ),
      }),
    },
    rules: [
      inGatewaySubnet,
      oneGatewayEach,
      twoInstances,
      zonalAddresses,
      linkLocalAddresses,
      ownInstances,
      freeAsn(["bgpSettings", "asn"]),
    ],
    outputs: (made) => ({ resourceGuid: `guid-${made.sequence}` }),
  }),
  azureType({
    token: OTHER_GATEWAY,
    kind: "Microsoft.Network/localNetworkGateways",
    name: "localNetworkGatewayName",
    inputs: {
      localNetworkGatewayName: text({ pattern: NETWORK_NAME }),
      gatewayIpAddress: text({ pattern: ADDRESS }),
      localNetworkAddressSpace: object({ addressPrefixes: list(text({ pattern: CIDR })) }),
      bgpSettings: object({ asn, bgpPeeringAddress: text({ pattern: ADDRESS }) }),
    },
    rules: [freeAsn(["bgpSettings", "asn"])],
    outputs: (made) => ({ resourceGuid: `guid-${made.sequence}` }),
  }),
  azureType({
    token: "azure-native:network:VirtualNetworkGatewayConnection",
    kind: "Microsoft.Network/connections",
    name: "virtualNetworkGatewayConnectionName",
    inputs: {
      virtualNetworkGatewayConnectionName: text({ pattern: NETWORK_NAME }),
      connectionType: fixed(text({ required: true, values: ["IPsec", "Vnet2Vnet", "ExpressRoute"] })),
      connectionProtocol: fixed(oneOf("IKEv1", "IKEv2")),
      connectionMode: oneOf("Default", "ResponderOnly", "InitiatorOnly"),
      virtualNetworkGateway1: fixed(object({ id: refers(GATEWAY, [], { required: true }) }, { required: true })),
      localNetworkGateway2: fixed(reference(OTHER_GATEWAY)),
      sharedKey: text({ maxLength: 128, pattern: /[ -~]+/ }),
      enableBgp: flag({ default: false }),
      gatewayCustomBgpIpAddresses: list(
        object({
          ipConfigurationId: text({ required: true }),
          customBgpIpAddress: text({ required: true, pattern: ADDRESS }),
        }),
        { max: 2 },
      ),
      ipsecPolicies: list(
        object({
          saLifeTimeSeconds: number({ required: true, min: 300, max: 172_799 }),
          saDataSizeKilobytes: number({ required: true, min: 0, max: 2_147_483_647 }),
          ipsecEncryption: text({
            required: true,
            values: ["AES128", "AES192", "AES256", "GCMAES128", "GCMAES192", "GCMAES256"],
          }),
          ipsecIntegrity: text({ required: true, values: ["SHA1", "SHA256", "GCMAES128", "GCMAES192", "GCMAES256"] }),
          ikeEncryption: text({ required: true, values: ["AES128", "AES192", "AES256", "GCMAES128", "GCMAES256"] }),
          ikeIntegrity: text({ required: true, values: ["SHA1", "SHA256", "SHA384", "GCMAES128", "GCMAES256"] }),
          dhGroup: text({ required: true, values: ["DHGroup14", "DHGroup24", "DHGroup2048", "ECP256", "ECP384"] }),
          pfsGroup: text({ required: true, values: ["None", "PFS14", "PFS24", "PFS2048", "ECP256", "ECP384"] }),
        }),
        { max: 1 },
      ),
      usePolicyBasedTrafficSelectors: flag({ default: false }),
      dpdTimeoutSeconds: number({ min: 9, max: 3600 }),
    },
    rules: [knownAddresses],
    outputs: (made) => ({ resourceGuid: `guid-${made.sequence}` }),
  }),
];
