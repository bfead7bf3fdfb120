import { AzureWorld } from "../../../support/azureCloud";

function start() {
  const world = new AzureWorld();
  const network = world.create("network:VirtualNetwork", {
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.3.0.0/16"] },
  });
  const subnet = (subnetName: string, addressPrefix: string, rest: object = {}) =>
    world.create("network:Subnet", { subnetName, addressPrefix, virtualNetworkName: "net", ...rest });
  return { world, network, subnet };
}

test("a subnet lies inside its network, apart from the others, and is a /29 or shorter", () => {
  const { subnet } = start();
  const { id } = subnet("nodes", "10.3.0.0/20");
  expect(id).toBe(
    "/subscriptions/00000000-0000-4000-8000-00000000aaaa/resourceGroups/tideline-test/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes",
  );
  expect(() => subnet("far", "10.4.0.0/24")).toThrow(
    "NetcfgInvalidSubnet: Subnet 'far' is not valid because its IP address range 10.4.0.0/24 is outside the IP address range of virtual network 'net'.",
  );
  expect(() => subnet("twin", "10.3.1.0/24")).toThrow(
    "NetcfgSubnetRangesOverlap: Subnet 'twin' is not valid because its IP address range overlaps with that of an existing subnet 'nodes' (10.3.0.0/20).",
  );
  expect(() => subnet("tiny", "10.3.16.0/30")).toThrow(
    "NetcfgInvalidSubnet: Subnet 'tiny' is too small: 10.3.16.0/30; the longest prefix is /29.",
  );
});

test("a network does not go before its subnets, nor a group before its resources", () => {
  const { world, network, subnet } = start();
  const { id } = subnet("nodes", "10.3.0.0/20");
  expect(() => world.delete("network:VirtualNetwork", network.id)).toThrow(
    `InUseVirtualNetworkCannotBeDeleted: ${network.id} is in use by ${id} and cannot be deleted.`,
  );
  const group = "/subscriptions/00000000-0000-4000-8000-00000000aaaa/resourceGroups/tideline-test";
  expect(() => world.delete("resources:ResourceGroup", group)).toThrow("ResourceGroupDeletionBlocked");
  world.delete("network:Subnet", id);
  world.delete("network:VirtualNetwork", network.id);
  world.delete("resources:ResourceGroup", group);
  expect(world.size).toBe(0);
});

test("a subnet in use keeps its range and its delegation", () => {
  const { world, subnet } = start();
  const { id } = subnet("endpoints", "10.3.1.0/24");
  const vault = world.create("keyvault:Vault", {
    vaultName: "vault-1",
    properties: { tenantId: "11111111-2222-4333-8444-555555555555", sku: { family: "A", name: "standard" } },
  });
  const endpoint = world.create("network:PrivateEndpoint", {
    privateEndpointName: "vault",
    subnet: { id },
    privateLinkServiceConnections: [{ name: "vault", privateLinkServiceId: vault.id, groupIds: ["vault"] }],
  });
  const inputs = { subnetName: "endpoints", virtualNetworkName: "net", addressPrefix: "10.3.1.0/25" };
  expect(() => world.update("network:Subnet", id, inputs)).toThrow(
    `InUseSubnetCannotBeUpdated: Subnet ${id} is in use by ${endpoint.id}, so its addressPrefix cannot be changed.`,
  );
  expect(() => world.delete("network:Subnet", id)).toThrow(
    `InUseSubnetCannotBeDeleted: ${id} is in use by ${endpoint.id} and cannot be deleted.`,
  );
});

test("rules of a group differ in priority, and a NAT gateway has Standard addresses", () => {
  const { world } = start();
  const rule = { priority: 100, direction: "Inbound", access: "Deny", protocol: "*" };
  expect(() =>
    world.create("network:NetworkSecurityGroup", {
      networkSecurityGroupName: "g",
      securityRules: [
        { name: "one", ...rule },
        { name: "two", ...rule },
      ],
    }),
  ).toThrow("SecurityRuleConflict: Security rules have the same priority and direction: 100 Inbound.");
  const address = (name: string, rest: object) =>
    world.create("network:PublicIPAddress", { publicIpAddressName: name, ...rest });
  expect(() => address("dynamic", { sku: { name: "Standard" }, publicIPAllocationMethod: "Dynamic" })).toThrow(
    "PublicIPAddressStandardSkuMustBeStatic",
  );
  const { id } = address("basic", { sku: { name: "Basic" }, publicIPAllocationMethod: "Dynamic" });
  expect(() =>
    world.create("network:NatGateway", {
      natGatewayName: "nat",
      sku: { name: "Standard" },
      publicIpAddresses: [{ id }],
    }),
  ).toThrow("NatGatewayPublicIpMustBeStandardSku");
});

test.each<[string, object, string]>([
  ["an unknown property", { adressPrefix: "10.3.1.0/24" }, "did you mean addressPrefix?"],
  ["no such network", { virtualNetworkName: "gone" }, "ResourceNotFound: virtualNetworkName: The resource 'gone'"],
  ["a foreign delegation", { delegations: [{ name: "d", serviceName: "Foo.Bar/baz" }] }, 'found "Foo.Bar/baz"'],
])("a subnet with %s is refused", (_, rest, text) => {
  const { subnet } = start();
  expect(() => subnet("s", "10.3.1.0/24", rest)).toThrow(text);
});
