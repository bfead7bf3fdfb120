import { azureCatalogue } from "../../../../tools/rehearsal/azure/catalogue";
import { createResource } from "../../../../tools/rehearsal/simulator";
import type { WorldState } from "../../../../tools/rehearsal/world";

const location = { account: "00000000-0000-4000-8000-00000000aaaa", region: "eastus" };
const inGroup = { resourceGroupName: "group", location: "eastus" };

/** A group with a network, its gateway's subnet, another subnet and two addresses in zones. */
class Site {
  private state: WorldState = { sequence: 0, clock: 0, waited: 0, resources: [] };
  private readonly subnet: string;
  private readonly other: string;
  private readonly addresses: string[];

  constructor(zones: string[] = ["1", "2", "3"]) {
    this.create("azure-native:resources:ResourceGroup", { resourceGroupName: "group", location: "eastus" });
    const network = { virtualNetworkName: "net", addressSpace: { addressPrefixes: ["10.3.0.0/16"] } };
    this.create("azure-native:network:VirtualNetwork", { ...inGroup, ...network });
    this.subnet = this.createSubnet("GatewaySubnet", "10.3.255.224/27");
    this.other = this.createSubnet("nodes", "10.3.0.0/20");
    this.addresses = ["one", "two"].map((publicIpAddressName) => {
      const sku = { name: "Standard", tier: "Regional" };
      const address = { publicIpAddressName, sku, publicIPAllocationMethod: "Static" };
      return this.create("azure-native:network:PublicIPAddress", { ...inGroup, ...address, zones });
    });
  }

  create(token: string, inputs: Record<string, unknown>): string {
    const subject = { token, urn: `urn::${this.state.sequence}`, name: "it", location };
    const { state, result } = createResource(azureCatalogue, this.state, subject, inputs);
    this.state = state;
    return result.id;
  }

  gateway({ name = "gateway", subnet = "GatewaySubnet", asn = 64_514, custom = ["169.254.21.2"], count = 2 }): string {
    const group = this.subnet.slice(0, this.subnet.indexOf("/virtualNetworks/"));
    return this.create("azure-native:network:VirtualNetworkGateway", {
      ...inGroup,
      virtualNetworkGatewayName: name,
      gatewayType: "Vpn",
      vpnType: "RouteBased",
      sku: { name: "VpnGw1AZ", tier: "VpnGw1AZ" },
      activeActive: true,
      enableBgp: true,
      ipConfigurations: this.addresses.slice(0, count).map((id, instance) => ({
        name: `instance-${instance}`,
        publicIPAddress: { id },
        subnet: { id: subnet === "GatewaySubnet" ? this.subnet : this.other },
      })),
      bgpSettings: {
        asn,
        bgpPeeringAddresses: [
          {
            ipconfigurationId: `${group}/virtualNetworkGateways/gateway/ipConfigurations/instance-0`,
            customBgpIpAddresses: custom,
          },
        ],
      },
    });
  }

  private createSubnet(subnetName: string, addressPrefix: string): string {
    const inputs = { resourceGroupName: "group", virtualNetworkName: "net", subnetName, addressPrefix };
    return this.create("azure-native:network:Subnet", inputs);
  }
}

describe("the simulated Azure's gateways", () => {
  test("one that is right is made", () => {
    expect(new Site().gateway({})).toMatch(/\/virtualNetworkGateways\/gateway$/);
  });

  test.each<[string, Parameters<Site["gateway"]>[0], string[] | undefined, RegExp]>([
    ["another subnet", { subnet: "nodes" }, undefined, /^VirtualNetworkGatewaySubnetNameInvalid: /],
    [
      "one instance",
      { count: 1 },
      undefined,
      /^ActiveActiveGatewayMustHaveTwoIpConfigurations: .* needs 2 .* found 1\.$/,
    ],
    ["an address outside of zones", {}, [], /^VmssVpnGatewayPublicIpsMustHaveZonesConfigured: /],
    [
      "a link-local address of others",
      { custom: ["169.254.20.2"] },
      undefined,
      /^CustomBgpIpAddressInvalid: 169\.254\.20\.2 /,
    ],
    [
      "one link-local address twice",
      { custom: ["169.254.21.2", "169.254.21.2"] },
      undefined,
      /^CustomBgpIpAddressDuplicate: 169\.254\.21\.2 /,
    ],
    ["a number of Azure's own", { asn: 65_517 }, undefined, /^BgpAsnIsReserved: The ASN 65517 /],
    ["another gateway's instance", { name: "other" }, undefined, /^InvalidResourceReference: /],
  ])("%s is refused", (_, changes, zones, refusal) => {
    expect(() => new Site(zones).gateway(changes)).toThrow(refusal);
  });

  test("a connection speaks from its gateway's addresses alone", () => {
    const site = new Site();
    const gateway = site.gateway({});
    const connect = (customBgpIpAddress: string) =>
      site.create("azure-native:network:VirtualNetworkGatewayConnection", {
        ...inGroup,
        virtualNetworkGatewayConnectionName: "connection",
        connectionType: "IPsec",
        virtualNetworkGateway1: { id: gateway },
        gatewayCustomBgpIpAddresses: [
          { ipConfigurationId: `${gateway}/ipConfigurations/instance-0`, customBgpIpAddress },
        ],
      });
    expect(() => connect("169.254.21.6")).toThrow(/^CustomBgpIpAddressNotFound: 169\.254\.21\.6 /);
    expect(connect("169.254.21.2")).toMatch(/\/connections\/connection$/);
  });
});
