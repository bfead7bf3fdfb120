import { addressIn, cidrContains, cidrsOverlap, parseCidr } from "../cidr";
import type { ResourceType, Rule } from "../resourceType";
import {
  azureType,
  CIDR,
  fixed,
  flag,
  input,
  list,
  map,
  NETWORK_NAME,
  nested,
  number,
  object,
  oneOf,
  others,
  RESOURCE_GROUP,
  reference,
  text,
} from "./azureType";

export const VIRTUAL_NETWORK = "azure-native:network:VirtualNetwork";
export const SUBNET = "azure-native:network:Subnet";
const SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup";
const NAT_GATEWAY = "azure-native:network:NatGateway";
const PUBLIC_ADDRESS = "azure-native:network:PublicIPAddress";

/** Services that a subnet can be handed over to. */
const DELEGATES = ["Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.ContainerService/managedClusters"];

/** Subnets are /29 or shorter: five addresses of each are Azure's. */
const LONGEST_SUBNET = 29;

const spaceIsValid: Rule = ({ inputs }) => {
  const spaces = (nested(inputs.addressSpace, "addressPrefixes") ?? []) as readonly string[];
  const bad = spaces.find((cidr) => parseCidr(cidr) === undefined);
  return bad && `InvalidAddressPrefixFormat: Address prefix ${bad} is not formatted correctly; it has host bits set.`;
};

const insideNetwork: Rule = (made) => {
  const network = made.world.find([VIRTUAL_NETWORK], made.inputs.virtualNetworkName);
  const spaces = (nested(network?.inputs.addressSpace, "addressPrefixes") ?? []) as readonly string[];
  const cidr = input(made, "addressPrefix");
  return spaces.some((space) => cidrContains(space, cidr))
    ? undefined
    : `NetcfgInvalidSubnet: Subnet '${input(made, "subnetName")}' is not valid because its IP address range ${cidr} is outside the IP address range of virtual network '${input(made, "virtualNetworkName")}'.`;
};

const apart: Rule = (made, current) => {
  const cidr = input(made, "addressPrefix");
  const clash = others(made, current, SUBNET).find(
    ({ inputs }) =>
      inputs.virtualNetworkName === made.inputs.virtualNetworkName && cidrsOverlap(String(inputs.addressPrefix), cidr),
  );
  return (
    clash &&
    `NetcfgSubnetRangesOverlap: Subnet '${input(made, "subnetName")}' is not valid because its IP address range overlaps with that of an existing subnet '${clash.inputs.subnetName}' (${clash.inputs.addressPrefix}).`
  );
};

const bigEnough: Rule = (made) => {
  const cidr = input(made, "addressPrefix");
  return Number(cidr.split("/")[1]) <= LONGEST_SUBNET
    ? undefined
    : `NetcfgInvalidSubnet: Subnet '${input(made, "subnetName")}' is too small: ${cidr}; the longest prefix is /${LONGEST_SUBNET}.`;
};

/** A subnet that is in use keeps its range and its delegation. */
const inUse: Rule = (made, current) => {
  if (!current) return undefined;
  const tenant = others(made, current, ...TENANTS).find(({ inputs }) =>
    JSON.stringify(inputs).includes(`"${current.id}"`),
  );
  const changed = ["addressPrefix", "delegations"].find(
    (property) => JSON.stringify(made.inputs[property]) !== JSON.stringify(current.inputs[property]),
  );
  return tenant && changed
    ? `InUseSubnetCannotBeUpdated: Subnet ${current.id} is in use by ${tenant.id}, so its ${changed} cannot be changed.`
    : undefined;
};

/** What lives in subnets. */
const TENANTS = [
  "azure-native:containerservice:ManagedCluster",
  "azure-native:containerservice:AgentPool",
  "azure-native:dbforpostgresql:Server",
  "azure-native:network:PrivateEndpoint",
];

const prioritiesDiffer: Rule = ({ inputs }) => {
  const rules = (inputs.securityRules ?? []) as readonly Record<string, unknown>[];
  const keys = rules.map(({ priority, direction }) => `${priority} ${direction}`);
  const twin = keys.find((key, index) => keys.indexOf(key) < index);
  return twin && `SecurityRuleConflict: Security rules have the same priority and direction: ${twin}.`;
};

/** A NAT gateway takes Standard, static addresses alone. */
const natAddresses: Rule = (made) => {
  const ids = ((made.inputs.publicIpAddresses ?? []) as readonly unknown[]).map((entry) => nested(entry, "id"));
  const basic = ids.find((id) => {
    const address = made.world.find([PUBLIC_ADDRESS], id);
    return address && nested(address.inputs.sku, "name") !== "Standard";
  });
  return basic
    ? `NatGatewayPublicIpMustBeStandardSku: Public IP ${basic} of NAT gateway ${input(made, "natGatewayName")} is not of sku Standard.`
    : undefined;
};

const securityRule = object({
  name: text({ required: true, pattern: NETWORK_NAME }),
  priority: number({ required: true, min: 100, max: 4096 }),
  direction: text({ required: true, values: ["Inbound", "Outbound"] }),
  access: text({ required: true, values: ["Allow", "Deny"] }),
  protocol: text({ required: true, values: ["Tcp", "Udp", "Icmp", "*"] }),
  sourceAddressPrefix: text(),
  sourcePortRange: text(),
  destinationAddressPrefix: text(),
  destinationPortRanges: list(text({ pattern: /\*|\d{1,5}(-\d{1,5})?/ }), { min: 1 }),
});

/** Groups, networks, subnets and what guards and feeds them. Sources: Azure REST API, Microsoft.Network and Resources. */
export const networkTypes: readonly ResourceType[] = [
  {
    token: RESOURCE_GROUP,
    inputs: {
      resourceGroupName: text({ required: true, replaces: true, pattern: /[\w().-]{0,89}[\w()-]/ }),
      location: text({ required: true, replaces: true, pattern: /[a-z]+\d?/ }),
      tags: map(text({ maxLength: 256 }), { max: 50 }),
    },
    quota: { most: 980, code: "ResourceGroupQuotaExceeded: Resource groups per subscription" },
    id: (made) => `/subscriptions/${made.account}/resourceGroups/${input(made, "resourceGroupName")}`,
    outputs: (made) => ({
      name: input(made, "resourceGroupName"),
      type: "Microsoft.Resources/resourceGroups",
      properties: { provisioningState: "Succeeded" },
    }),
  },
  azureType({
    token: VIRTUAL_NETWORK,
    kind: "Microsoft.Network/virtualNetworks",
    name: "virtualNetworkName",
    inputs: {
      virtualNetworkName: text({ pattern: NETWORK_NAME, maxLength: 64 }),
      addressSpace: object(
        { addressPrefixes: list(text({ pattern: CIDR }), { required: true, min: 1 }) },
        { required: true },
      ),
      enableDdosProtection: flag({ default: false }),
      enableVmProtection: flag({ default: false }),
    },
    rules: [spaceIsValid],
    quota: { most: 1000, per: "location", code: "VirtualNetworkCountLimitReached: Virtual networks" },
    outputs: (made) => ({ resourceGuid: `guid-${made.sequence}`, subnets: [] }),
  }),
  azureType({
    token: SECURITY_GROUP,
    kind: "Microsoft.Network/networkSecurityGroups",
    name: "networkSecurityGroupName",
    inputs: {
      networkSecurityGroupName: text({ pattern: NETWORK_NAME }),
      securityRules: list(securityRule, { max: 1000 }),
    },
    rules: [prioritiesDiffer],
    outputs: (made) => ({ resourceGuid: `guid-${made.sequence}` }),
  }),
  azureType({
    token: PUBLIC_ADDRESS,
    kind: "Microsoft.Network/publicIPAddresses",
    name: "publicIpAddressName",
    inputs: {
      publicIpAddressName: text({ pattern: NETWORK_NAME }),
      sku: fixed(object({ name: oneOf("Basic", "Standard", "StandardV2"), tier: oneOf("Regional", "Global") })),
      publicIPAllocationMethod: oneOf("Static", "Dynamic"),
      publicIPAddressVersion: fixed(oneOf("IPv4", "IPv6")),
      zones: fixed(list(oneOf("1", "2", "3"))),
    },
    rules: [
      ({ inputs }) =>
        nested(inputs.sku, "name") === "Standard" && inputs.publicIPAllocationMethod !== "Static"
          ? "PublicIPAddressStandardSkuMustBeStatic: Standard sku public IP addresses must have the Static allocation method."
          : undefined,
    ],
    quota: { most: 1000, per: "location", code: "PublicIPCountLimitReached: Public IP addresses" },
    outputs: (made) => ({ ipAddress: addressIn("20.50.0.0/16", made.sequence) }),
  }),
  azureType({
    token: NAT_GATEWAY,
    kind: "Microsoft.Network/natGateways",
    name: "natGatewayName",
    inputs: {
      natGatewayName: text({ pattern: NETWORK_NAME }),
      sku: fixed(object({ name: text({ required: true, values: ["Standard", "StandardV2"] }) })),
      publicIpAddresses: list(reference(PUBLIC_ADDRESS), { min: 1, max: 16 }),
      idleTimeoutInMinutes: number({ min: 4, max: 120 }),
      zones: fixed(list(oneOf("1", "2", "3"), { max: 1 })),
    },
    rules: [natAddresses],
  }),
  azureType({
    token: SUBNET,
    kind: "Microsoft.Network/virtualNetworks/subnets",
    name: "subnetName",
    parent: { input: "virtualNetworkName", type: VIRTUAL_NETWORK },
    withoutLocation: true,
    withoutTags: true,
    inputs: {
      subnetName: text({ pattern: NETWORK_NAME }),
      addressPrefix: text({ required: true, pattern: CIDR }),
      networkSecurityGroup: reference(SECURITY_GROUP),
      natGateway: reference(NAT_GATEWAY),
      defaultOutboundAccess: flag(),
      delegations: list(
        object({ name: text({ required: true }), serviceName: text({ required: true, values: DELEGATES }) }),
        { max: 1 },
      ),
      privateLinkServiceNetworkPolicies: oneOf("Disabled", "Enabled"),
      privateEndpointNetworkPolicies: oneOf("Disabled", "Enabled", "NetworkSecurityGroupEnabled", "RouteTableEnabled"),
    },
    rules: [insideNetwork, apart, bigEnough, inUse],
    quota: { most: 3000, per: "virtualNetworkName", code: "SubnetCountLimitReached: Subnets" },
  }),
];
