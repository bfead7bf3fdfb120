import * as azure from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, refuseProblems } from "../arguments";
import { zonesOf } from "../azure/locations";
import { type AzurePlace, azureName, standardTags } from "../azure/place";
import { NAME_LIMITS } from "../naming";
import { gatewayProblems } from "./gatewayProblems";
import { GATEWAY_SUBNET, gatewaySubnetProblems, gatewaySubnetRange } from "./gatewaySubnet";
import type { LinkGateway, LinkRequest, TunnelEnd } from "./linkGateway";
import { LIFETIME_SECONDS, PROPOSALS } from "./proposal";
import { type GatewayInterface, insideAddresses, type LinkCloud } from "./tunnelPlan";

export interface AzureLinkGatewayArgs extends AzurePlace {
  /** Ranges of the virtual network, which Azure announces. */
  readonly cidrs: readonly string[];
  /** Name of the virtual network, in the same resource group; known once no other subnet of it is being changed. */
  readonly virtualNetworkName: pulumi.Input<string>;
  /** Range of the gateway's subnet, /27 or shorter. @default the last /27 of the network */
  readonly gatewaySubnetRange?: string;
  /** Private autonomous system number. */
  readonly asn: number;
  /** Links that it will carry: number and other cloud. Azure's gateway must know its addresses inside their tunnels. */
  readonly links: Readonly<Record<number, Exclude<LinkCloud, "azure">>>;
  /** Size of the gateway. @default VpnGw2AZ in prod, VpnGw1AZ elsewhere (VpnGw2 and VpnGw1 where there are no zones) */
  readonly size?: string;
}

/** The two instances of an active-active gateway. */
const INSTANCES: readonly GatewayInterface[] = [0, 1];

/** Azure's end of links: a route-based gateway of two active instances in a subnet of its own. */
export class AzureLinkGateway extends pulumi.ComponentResource implements LinkGateway {
  readonly cloud = "azure";
  readonly asn: number;
  readonly cidrs: readonly string[];
  readonly addresses: readonly pulumi.Output<string>[];
  readonly links: readonly number[];
  readonly provider: pulumi.ProviderResource | undefined;
  private readonly args: AzureLinkGatewayArgs;
  private readonly gateway: azure.VirtualNetworkGateway;
  /** Ids of the instances' settings. */
  private readonly instanceIds: readonly pulumi.Output<string>[];

  constructor(name: string, args: AzureLinkGatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("AzureLinkGateway", name, azureProblems(args));
    super("tideline:interconnect:AzureLinkGateway", name, {}, opts);
    const { resourceGroupName, virtualNetworkName, cidrs, asn, links } = args;
    this.args = args;
    this.asn = asn;
    this.cidrs = cidrs;
    this.links = Object.keys(links).map(Number);
    this.provider = this.getProvider("azure-native::");
    const subnet = new azure.Subnet(
      name,
      {
        subnetName: GATEWAY_SUBNET,
        resourceGroupName,
        virtualNetworkName,
        addressPrefix: args.gatewaySubnetRange ?? gatewaySubnetRange(cidrs[0] ?? ""),
      },
      { parent: this },
    );
    const addresses = INSTANCES.map((instance) => createAddress(this, name, args, instance));
    this.addresses = addresses.map(({ ipAddress }) => ipAddress.apply((address) => address ?? ""));
    const gatewayName = azureName(args, name, NAME_LIMITS.azureSubnet);
    // The gateway's own settings name its instances by ids below its own, so they are known before it is.
    this.instanceIds = INSTANCES.map((instance) =>
      subnet.id.apply((id) => {
        const [provider = ""] = id.split("/virtualNetworks/");
        return `${provider}/virtualNetworkGateways/${gatewayName}/ipConfigurations/${instanceName(instance)}`;
      }),
    );
    this.gateway = this.createGateway(name, gatewayName, subnet, addresses);
    this.registerOutputs({ addresses: this.addresses });
  }

  private createGateway(
    name: string,
    virtualNetworkGatewayName: string,
    subnet: azure.Subnet,
    addresses: readonly azure.PublicIPAddress[],
  ): azure.VirtualNetworkGateway {
    const { args } = this;
    const size = gatewaySize(args);
    return new azure.VirtualNetworkGateway(
      name,
      {
        virtualNetworkGatewayName,
        resourceGroupName: args.resourceGroupName,
        location: args.location,
        gatewayType: "Vpn",
        vpnType: "RouteBased",
        vpnGatewayGeneration: /^VpnGw1/.test(size) ? "Generation1" : "Generation2",
        sku: { name: size, tier: size },
        activeActive: true,
        enableBgp: true,
        ipConfigurations: addresses.map(({ id }, instance) => ({
          name: instanceName(instance),
          privateIPAllocationMethod: "Dynamic",
          publicIPAddress: { id },
          subnet: { id: subnet.id },
        })),
        bgpSettings: {
          asn: args.asn,
          bgpPeeringAddresses: INSTANCES.map((instance) => ({
            ipconfigurationId: this.instanceId(instance),
            customBgpIpAddresses: Object.entries(args.links).flatMap(([link, first]) => [
              ...insideAddresses(Number(link), first, instance),
            ]),
          })),
        },
        tags: standardTags(args, name),
      },
      { parent: this },
    );
  }

  connect(request: LinkRequest): readonly pulumi.Output<string>[] {
    for (const tunnel of request.tunnels) this.createConnection(request, tunnel);
    return request.tunnels.map(({ ownInterface }) => this.addresses[ownInterface] ?? pulumi.output(""));
  }

  private createConnection({ parent, name, peer, proposal, tunnels }: LinkRequest, end: TunnelEnd): void {
    const { args } = this;
    const { resourceGroupName, location } = args;
    const child = `${name}-azure-${end.index}`;
    const physical = azureName(args, name, NAME_LIMITS.azureSubnet, String(end.index));
    const other = new azure.LocalNetworkGateway(
      child,
      {
        localNetworkGatewayName: physical,
        resourceGroupName,
        location,
        gatewayIpAddress: end.peerAddress,
        bgpSettings: { asn: peer.asn, bgpPeeringAddress: end.peerInsideAddress },
        tags: standardTags(args, name),
      },
      { parent },
    );
    // Both instances speak on every connection; the one that the tunnel is not for takes an address of its own.
    const addressOf = (instance: GatewayInterface) =>
      instance === end.ownInterface
        ? end.insideAddress
        : (tunnels.find(({ ownInterface }) => ownInterface === instance)?.insideAddress ?? "");
    new azure.VirtualNetworkGatewayConnection(
      child,
      {
        virtualNetworkGatewayConnectionName: physical,
        resourceGroupName,
        location,
        connectionType: "IPsec",
        connectionProtocol: "IKEv2",
        connectionMode: "Default",
        virtualNetworkGateway1: { id: this.gateway.id },
        localNetworkGateway2: { id: other.id },
        sharedKey: end.key,
        enableBgp: true,
        gatewayCustomBgpIpAddresses: INSTANCES.map((instance) => ({
          ipConfigurationId: this.instanceId(instance),
          customBgpIpAddress: addressOf(instance),
        })),
        ipsecPolicies: [
          {
            ...PROPOSALS[proposal].azure,
            saLifeTimeSeconds: LIFETIME_SECONDS.phase2,
            saDataSizeKilobytes: 102_400_000,
          },
        ],
        usePolicyBasedTrafficSelectors: false,
        dpdTimeoutSeconds: 45,
        tags: standardTags(args, name),
      },
      { parent },
    );
  }

  private instanceId(instance: GatewayInterface): pulumi.Output<string> {
    return this.instanceIds[instance] ?? pulumi.output("");
  }
}

function createAddress(
  parent: pulumi.Resource,
  name: string,
  args: AzureLinkGatewayArgs,
  instance: GatewayInterface,
): azure.PublicIPAddress {
  const zones = zonesOf(args.location, 3);
  return new azure.PublicIPAddress(
    `${name}-${instance}`,
    {
      publicIpAddressName: azureName(args, name, NAME_LIMITS.azureSubnet, String(instance)),
      resourceGroupName: args.resourceGroupName,
      location: args.location,
      sku: { name: "Standard", tier: "Regional" },
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
      ...(zones.length > 0 ? { zones: [...zones] } : {}),
      tags: standardTags(args, name),
    },
    { parent },
  );
}

function gatewaySize({ environment, location, size }: AzureLinkGatewayArgs): string {
  const zonal = zonesOf(location, 1).length > 0 ? "AZ" : "";
  return size ?? `${environment === "prod" ? "VpnGw2" : "VpnGw1"}${zonal}`;
}

function instanceName(instance: number): string {
  return `instance-${instance}`;
}

function azureProblems(args: AzureLinkGatewayArgs): readonly ArgumentProblem[] {
  const { asn, cidrs, gatewaySubnetRange: range } = args;
  return [...gatewayProblems(asn, cidrs), ...(range === undefined ? [] : gatewaySubnetProblems(range, cidrs))];
}
