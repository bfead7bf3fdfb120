import { GcpWorld, peeredNetwork } from "../../../support/gcpCloud";

const NETWORK = "gcp:compute/network:Network";
const SUBNET = "gcp:compute/subnetwork:Subnetwork";
const region = "europe-west4";

/** A world with a peered network, and what makes a further subnet in it. */
function start() {
  const world = new GcpWorld();
  const made = peeredNetwork(world);
  const subnet = (inputs: object) =>
    world.create(SUBNET, { name: "more", region, network: made.network.id, ipCidrRange: "10.3.0.0/24", ...inputs });
  return { world, subnet, network: made.network };
}

describe("ranges of a network are apart", () => {
  test.each([
    ["a subnet's own range", "10.2.0.0/24", "projects/acme-ml-prod/regions/europe-west4/subnetworks/nodes"],
    ["a secondary range", "10.2.200.0/24", "projects/acme-ml-prod/regions/europe-west4/subnetworks/nodes"],
    ["the range lent to Google", "10.2.33.0/24", "projects/acme-ml-prod/global/addresses/lent"],
  ])("from %s", (_, ipCidrRange, owner) => {
    expect(() => start().subnet({ ipCidrRange })).toThrow(
      `googleapi: Error 400: Invalid value for field 'resource.ipCidrRange': '${ipCidrRange}'. Invalid IPCidrRange: ${ipCidrRange} conflicts with existing subnetwork '${owner}'., invalid`,
    );
  });

  test("from each other within a subnet", () => {
    const secondaryIpRanges = [{ rangeName: "pods", ipCidrRange: "10.3.0.128/25" }];
    expect(() => start().subnet({ secondaryIpRanges })).toThrow("conflicts with existing subnetwork '10.3.0.0/24'");
  });

  test("but a network that is not peered may have the same", () => {
    const { world, subnet } = start();
    const other = world.create(NETWORK, { name: "other" });
    expect(subnet({ network: other.id, ipCidrRange: "10.2.0.0/24" }).gatewayAddress).toBe("10.2.0.1");
  });
});

test.each([
  ["10.3.0.0/30", {}, "the prefix length must be between 8 and 29"],
  ["10.3.0.0/27", { purpose: "REGIONAL_MANAGED_PROXY" }, "the prefix length must be between 8 and 26"],
  ["10.3.0.1/24", {}, "'10.3.0.1/24' is not a valid IPv4 CIDR range"],
])("a subnet of %s is refused", (ipCidrRange, inputs, reason) => {
  expect(() => start().subnet({ ipCidrRange, ...inputs })).toThrow(`Invalid IPCidrRange: ${reason}`);
});

test("a region of a network has one active proxy-only subnet", () => {
  const { subnet } = start();
  const proxies = { purpose: "REGIONAL_MANAGED_PROXY", role: "ACTIVE" };
  subnet({ ...proxies, name: "one" });
  expect(() => subnet({ ...proxies, name: "two", ipCidrRange: "10.4.0.0/24" })).toThrow(
    "There is already an ACTIVE REGIONAL_MANAGED_PROXY subnetwork in this region",
  );
});

describe("Cloud NAT", () => {
  function nat(inputs: object) {
    const { world, network, subnet } = start();
    const first = subnet({});
    world.create("gcp:compute/router:Router", { name: "router", region, network: network.id });
    const address = world.create("gcp:compute/address:Address", { name: "out", region, addressType: "EXTERNAL" });
    return world.create("gcp:compute/routerNat:RouterNat", {
      name: "nat",
      region,
      router: "router",
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: [address.selfLink],
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetworks: [{ name: first.id, sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
      enableDynamicPortAllocation: true,
      minPortsPerVm: 64,
      maxPortsPerVm: 4096,
      ...inputs,
    });
  }

  test("takes ports in powers of two", () => {
    expect(nat({}).id).toBe("acme-ml-prod/europe-west4/router/nat");
    expect(() => nat({ minPortsPerVm: 100 })).toThrow("Must be a power of two with dynamic port allocation.");
  });

  test("has either dynamic ports or endpoint-independent mapping", () => {
    expect(() => nat({ enableEndpointIndependentMapping: true })).toThrow(
      "Endpoint-Independent Mapping and Dynamic Port Allocation cannot be enabled at the same time.",
    );
  });

  test("needs the addresses that it says it has", () => {
    expect(() => nat({ natIps: [] })).toThrow("At least one NAT address is required with MANUAL_ONLY.");
    expect(() => nat({ natIps: ["https://nowhere"] })).toThrow(
      "googleapi: Error 404: natIps[0]: The resource 'https://nowhere' was not found, notFound",
    );
  });
});

test("a firewall rule allows or denies", () => {
  const { world, network } = start();
  expect(() => world.create("gcp:compute/firewall:Firewall", { name: "rule", network: network.id })).toThrow(
    "exactly one of allowed and denied must be given.",
  );
});

test("a range is lent in a network, apart from its subnets", () => {
  const { world, network } = start();
  const lend = (inputs: object) =>
    world.create("gcp:compute/globalAddress:GlobalAddress", {
      name: "again",
      purpose: "VPC_PEERING",
      prefixLength: 24,
      ...inputs,
    });
  expect(() => lend({ address: "10.9.0.0" })).toThrow("Required field 'resource.network' not specified");
  expect(() => lend({ address: "10.2.1.0", network: network.id })).toThrow(
    "10.2.1.0/24 conflicts with existing subnetwork",
  );
});

test("a network goes last", () => {
  const world = new GcpWorld();
  const { network, subnet, range, connection } = peeredNetwork(world);
  expect(() => world.delete(NETWORK, network.id)).toThrow(
    /^googleapi: Error 400: The resource 'projects\/acme-ml-prod\/global\/networks\/net' is already being used by '.+', resourceInUseByAnotherResource$/,
  );
  expect(() => world.delete("gcp:compute/globalAddress:GlobalAddress", range.id)).toThrow(
    "resourceInUseByAnotherResource",
  );
  world.delete("gcp:servicenetworking/connection:Connection", connection.id);
  world.delete("gcp:compute/globalAddress:GlobalAddress", range.id);
  world.delete(SUBNET, subnet.id);
  world.delete(NETWORK, network.id);
});

test("names are taken once, and the API must be on", () => {
  const world = new GcpWorld();
  world.create(NETWORK, { name: "net" });
  expect(() => world.create(NETWORK, { name: "net" })).toThrow(
    "googleapi: Error 409: The resource 'projects/acme-ml-prod/global/networks/net' already exists, alreadyExists",
  );
  expect(() => world.create(NETWORK, { name: "Net_1" })).toThrow('name: found "Net_1", which does not match');
  expect(() => world.create(NETWORK, { name: "else", project: "another-project" })).toThrow(
    "googleapi: Error 403: compute.googleapis.com has not been used in project another-project before or it is disabled. Enable it, then retry., SERVICE_DISABLED",
  );
});
