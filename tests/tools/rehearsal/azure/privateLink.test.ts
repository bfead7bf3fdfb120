import { AzureWorld } from "../../../support/azureCloud";

function start(delegated = false) {
  const world = new AzureWorld();
  const network = world.create("network:VirtualNetwork", {
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.3.0.0/16"] },
  });
  const subnet = world.create("network:Subnet", {
    subnetName: "endpoints",
    virtualNetworkName: "net",
    addressPrefix: "10.3.1.0/24",
    ...(delegated ? { delegations: [{ name: "d", serviceName: "Microsoft.DBforPostgreSQL/flexibleServers" }] } : {}),
  });
  const registry = (sku: string) =>
    world.create("containerregistry:Registry", { registryName: "images1", sku: { name: sku } });
  const connect = (target: string, group: string) =>
    world.create("network:PrivateEndpoint", {
      privateEndpointName: "e",
      subnet: { id: subnet.id },
      privateLinkServiceConnections: [{ name: "c", privateLinkServiceId: target, groupIds: [group] }],
    });
  return { world, network, subnet, registry, connect };
}

test("an endpoint leads to a service of its target, from a subnet that is nobody's own", () => {
  const { registry, connect } = start();
  const { id } = registry("Premium");
  expect(() => connect(id, "blob")).toThrow(
    `PrivateLinkServiceGroupIdNotFound: Group 'blob' does not exist for ${id}; it has 'registry'.`,
  );
  expect(connect(id, "registry").provisioningState).toBe("Succeeded");
  const other = start(true);
  expect(() => other.connect(other.registry("Premium").id, "registry")).toThrow(
    `PrivateEndpointCannotBeCreatedInSubnetThatHasDelegation: Subnet ${other.subnet.id} is delegated to Microsoft.DBforPostgreSQL/flexibleServers.`,
  );
});

test("only Premium registries have endpoints", () => {
  const { registry, connect } = start();
  expect(() => connect(registry("Standard").id, "registry")).toThrow("private endpoints need Premium.");
});

test("a network is linked with a zone once", () => {
  const { world, network } = start();
  world.create("privatedns:PrivateZone", { privateZoneName: "privatelink.azurecr.io", location: "global" });
  const link = (name: string) =>
    world.create("privatedns:VirtualNetworkLink", {
      virtualNetworkLinkName: name,
      privateZoneName: "privatelink.azurecr.io",
      location: "global",
      virtualNetwork: { id: network.id },
    });
  link("one");
  expect(() => link("two")).toThrow("Conflict: A virtual network cannot be linked to multiple zones");
});
