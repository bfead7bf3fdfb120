import * as azure from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { Network } from "../contract";
import { NAME_LIMITS, physicalName } from "../naming";
import { hasZones, locationProblem, zonesOf } from "./locations";
import { type NetworkRanges, networkRanges, networkRangesProblem, TIERS, type TierName } from "./networkRanges";
import { type LinkedNetwork, securityRules } from "./networkRules";
import { type AzurePlace, azureName, standardTags } from "./place";
import { createPrivateZones, type PrivateZones } from "./privateZones";

export interface AzureNetworkArgs extends AzurePlace {
  /** IPv4 range, /8 to /20; pods have an overlay of their own. */
  readonly cidr: string;
  /** Zones for nodes, 1 to 3; subnets span the location whatever their number. @default 3, or 1 where a location has no zones */
  readonly zones?: number;
  /** A subnet has one NAT gateway; "onePerZone" gives it an address for each zone, for more connections. @default "single" */
  readonly nat?: "none" | "single" | "onePerZone";
  /** Ports that the internet may reach on load balancers, such as 443. @default none */
  readonly ingressPorts?: readonly number[];
  /** Networks of other clouds that links reach, and what nodes let each in to. @default none */
  readonly linked?: readonly LinkedNetwork[];
}

/** Who else runs in a subnet that is handed over; Azure refuses everything else there. */
const DELEGATIONS: Readonly<Partial<Record<TierName, string>>> = {
  database: "Microsoft.DBforPostgreSQL/flexibleServers",
  apiServer: "Microsoft.ContainerService/managedClusters",
};

/** A virtual network with closed subnets, a NAT gateway, and private names for Azure's own services. */
export class AzureNetwork extends pulumi.ComponentResource implements Network {
  readonly networkId: pulumi.Output<string>;
  readonly cidr: string;
  readonly publicSubnetIds: pulumi.Output<string[]>;
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** Delegated to PostgreSQL. */
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  readonly natAddresses: pulumi.Output<string[]>;
  /** Subnet of private endpoints. */
  readonly endpointSubnetId: pulumi.Output<string>;
  /** Subnet that AKS puts the API server's addresses in. */
  readonly apiServerSubnetId: pulumi.Output<string>;
  /** Private DNS zones by service. */
  readonly privateZones: PrivateZones;
  /** Every range, known while planning. */
  readonly ranges: NetworkRanges;
  /** Zones for nodes, known while planning; empty where the location has none. */
  readonly zones: readonly string[];
  /** Whether nodes reach the internet, known while planning. */
  readonly hasNat: boolean;

  constructor(name: string, args: AzureNetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureNetwork", name, networkProblems(args));
    super("tideline:azure:Network", name, {}, opts);
    const { cidr, location, resourceGroupName, nat = "single" } = args;
    this.cidr = cidr;
    this.ranges = networkRanges(cidr);
    this.zones = zonesOf(location, args.zones ?? 3);
    this.hasNat = nat !== "none";
    const network = new azure.VirtualNetwork(
      name,
      {
        virtualNetworkName: azureName(args, name, NAME_LIMITS.azureNetwork),
        resourceGroupName,
        location,
        addressSpace: { addressPrefixes: [cidr] },
        tags: standardTags(args, name),
      },
      { parent: this },
    );
    const site: Site = { parent: this, name, args, ranges: this.ranges, network };
    const gateway = createNat(site, natAddressCount(nat, this.zones.length));
    const subnets = createSubnets(site, gateway?.id);
    this.networkId = network.id;
    this.publicSubnetIds = pulumi.output([subnets.public]);
    this.privateSubnetIds = pulumi.output([subnets.nodes]);
    this.databaseSubnetIds = pulumi.output([subnets.database]);
    this.endpointSubnetId = subnets.endpoints;
    this.apiServerSubnetId = subnets.apiServer;
    this.natAddresses = gateway?.addresses ?? pulumi.output([]);
    const label = physicalName({ stack: args.stack, component: name }, NAME_LIMITS.azureDatabase);
    this.privateZones = createPrivateZones(this, name, args, label, network.id);
    this.registerOutputs({
      networkId: this.networkId,
      cidr,
      publicSubnetIds: this.publicSubnetIds,
      privateSubnetIds: this.privateSubnetIds,
      databaseSubnetIds: this.databaseSubnetIds,
      natAddresses: this.natAddresses,
    });
  }
}

/** Addresses that the NAT gateway has. */
export function natAddressCount(nat: "none" | "single" | "onePerZone", zones: number): number {
  return nat === "none" ? 0 : nat === "single" ? 1 : Math.max(zones, 1);
}

/** All that is wrong with the arguments. */
export function networkProblems(args: AzureNetworkArgs): readonly ArgumentProblem[] {
  const { cidr, location, ingressPorts = [] } = args;
  const { zones = hasZones(location) ? 3 : 1 } = args;
  const wrongLocation = locationProblem(location);
  const wrongRange = networkRangesProblem(cidr);
  const wrongPort = ingressPorts.find((port) => !Number.isInteger(port) || port < 1 || port > 65_535);
  return [
    ...problemIf(wrongLocation !== undefined, "location", wrongLocation ?? ""),
    ...problemIf(wrongRange !== undefined, "cidr", wrongRange ?? ""),
    ...problemIf(![1, 2, 3].includes(zones), "zones", `is ${zones}; allowed are 1 to 3.`),
    ...problemIf(
      [2, 3].includes(zones) && !hasZones(location),
      "zones",
      `is ${zones}, but ${location} has no availability zones; give 1, or choose another location.`,
    ),
    ...problemIf(wrongPort !== undefined, "ingressPorts", `has ${wrongPort}; allowed are 1 to 65535.`),
  ];
}

/** What every part of the network is made from. */
interface Site {
  readonly parent: pulumi.Resource;
  readonly name: string;
  readonly args: AzureNetworkArgs;
  readonly ranges: NetworkRanges;
  readonly network: azure.VirtualNetwork;
}

/** Ids of the subnets by tier. */
function createSubnets(site: Site, natGatewayId: pulumi.Output<string> | undefined) {
  const { parent, name, args, ranges, network } = site;
  const { resourceGroupName, location, ingressPorts = [], linked = [] } = args;
  const rules = securityRules(ranges, ingressPorts, linked);
  // Azure refuses to change two subnets of one network at a time, so each waits for the one before.
  const made: azure.Subnet[] = [];
  const ids = TIERS.map((tier) => {
    const part = tier.toLowerCase();
    const group = new azure.NetworkSecurityGroup(
      `${name}-${part}`,
      {
        networkSecurityGroupName: azureName(args, name, NAME_LIMITS.azureSubnet, part),
        resourceGroupName,
        location,
        securityRules: rules[tier].map((rule) => ({ ...rule, destinationPortRanges: [...rule.destinationPortRanges] })),
        tags: standardTags(args, name),
      },
      { parent },
    );
    const delegation = DELEGATIONS[tier];
    const subnet = new azure.Subnet(
      `${name}-${part}`,
      {
        subnetName: azureName(args, name, NAME_LIMITS.azureSubnet, part),
        resourceGroupName,
        virtualNetworkName: network.name,
        addressPrefix: ranges[tier],
        networkSecurityGroup: { id: group.id },
        // Only through the NAT gateway, whose addresses are known.
        defaultOutboundAccess: false,
        ...(tier === "nodes" && natGatewayId ? { natGateway: { id: natGatewayId } } : {}),
        ...(delegation ? { delegations: [{ name: "delegation", serviceName: delegation }] } : {}),
        // Without this the group's rules would not hold for private endpoints.
        ...(tier === "endpoints" ? { privateEndpointNetworkPolicies: "NetworkSecurityGroupEnabled" } : {}),
      },
      { parent, dependsOn: made.slice(-1) },
    );
    made.push(subnet);
    return [tier, subnet.id] as const;
  });
  return Object.fromEntries(ids) as unknown as Readonly<Record<TierName, pulumi.Output<string>>>;
}

function createNat({ parent, name, args }: Site, count: number) {
  if (count === 0) return undefined;
  const { resourceGroupName, location } = args;
  const zones = zonesOf(location, 3);
  const addresses = Array.from(
    { length: count },
    (_, index) =>
      new azure.PublicIPAddress(
        `${name}-nat-${index}`,
        {
          publicIpAddressName: azureName(args, name, NAME_LIMITS.azureSubnet, `nat-${index}`),
          resourceGroupName,
          location,
          sku: { name: "Standard", tier: "Regional" },
          publicIPAllocationMethod: "Static",
          publicIPAddressVersion: "IPv4",
          // In all zones at once: the address outlives any one of them.
          ...(zones.length > 0 ? { zones: [...zones] } : {}),
          tags: standardTags(args, name),
        },
        { parent },
      ),
  );
  const gateway = new azure.NatGateway(
    `${name}-nat`,
    {
      natGatewayName: azureName(args, name, NAME_LIMITS.azureSubnet, "nat"),
      resourceGroupName,
      location,
      sku: { name: "Standard" },
      publicIpAddresses: addresses.map(({ id }) => ({ id })),
      idleTimeoutInMinutes: 4,
      tags: standardTags(args, name),
    },
    { parent },
  );
  const known = addresses.map(({ ipAddress }) => ipAddress.apply((address) => address ?? ""));
  return { id: gateway.id, addresses: pulumi.all(known) };
}
