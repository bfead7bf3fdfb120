import { AzureNetwork, type AzureNetworkArgs } from "../../../components/azure/network";
import { place, recordAzure, recordBoth } from "../../support/azureCloud";
import { unwrap } from "../../support/pulumiMocks";

const args: AzureNetworkArgs = { ...place(), cidr: "10.3.0.0/16", zones: 3, nat: "onePerZone" };
const build =
  (changes: Partial<AzureNetworkArgs> = {}) =>
  () =>
    new AzureNetwork("net", { ...args, ...changes });
const SUBNET = "azure-native:network:Subnet";

describe("the network of prod", () => {
  test("has a closed subnet for each purpose, handed over where a service wants it alone", async () => {
    for (const recording of await recordBoth(build())) {
      const subnets = recording.ofType(SUBNET).map(({ name, inputs }) => {
        const [delegation] = (inputs.delegations ?? []) as { serviceName: string }[];
        return [name, inputs.addressPrefix, inputs.defaultOutboundAccess, delegation?.serviceName];
      });
      expect(subnets).toEqual([
        ["net-nodes", "10.3.0.0/20", false, undefined],
        ["net-public", "10.3.16.0/24", false, undefined],
        ["net-database", "10.3.17.0/24", false, "Microsoft.DBforPostgreSQL/flexibleServers"],
        ["net-endpoints", "10.3.18.0/24", false, undefined],
        ["net-apiserver", "10.3.19.0/28", false, "Microsoft.ContainerService/managedClusters"],
      ]);
    }
  });

  test("makes one subnet after another, as Azure changes one at a time", async () => {
    const recording = await recordAzure(build());
    const subnets = recording.ofType(SUBNET);
    const waits = subnets.slice(1).map(({ dependencies }, index) => dependencies.includes(subnets[index]?.urn ?? "?"));
    expect(waits).toEqual([true, true, true, true]);
  });

  test("leaves through one gateway with an address for each zone, each in all zones", async () => {
    const recording = await recordAzure(build());
    const addresses = recording.ofType("azure-native:network:PublicIPAddress");
    expect(addresses.map(({ inputs }) => [inputs.sku, inputs.zones])).toEqual(
      Array(3).fill([{ name: "Standard", tier: "Regional" }, ["1", "2", "3"]]),
    );
    expect(recording.ofType("azure-native:network:NatGateway")).toHaveLength(1);
    expect(await unwrap(recording.result.natAddresses)).toHaveLength(3);
    const fed = recording.ofType(SUBNET).filter(({ inputs }) => inputs.natGateway);
    expect(fed.map(({ name }) => name)).toEqual(["net-nodes"]);
  });

  test("resolves Azure's services to private addresses", async () => {
    for (const recording of await recordBoth(build())) {
      const zones = recording.ofType("azure-native:privatedns:PrivateZone").map(({ inputs }) => inputs.privateZoneName);
      expect(zones.sort()).toEqual([
        "privatelink.azurecr.io",
        "privatelink.blob.core.windows.net",
        "privatelink.redis.azure.net",
        "privatelink.vaultcore.azure.net",
        "tideline-prod-net.private.postgres.database.azure.com",
      ]);
      expect(recording.ofType("azure-native:privatedns:VirtualNetworkLink")).toHaveLength(5);
    }
  });
});

test("without NAT there is no gateway, and the network says so", async () => {
  const recording = await recordAzure(build({ nat: "none" }));
  expect(recording.ofType("azure-native:network:NatGateway")).toEqual([]);
  expect(recording.result.hasNat).toBe(false);
  expect(await unwrap(recording.result.natAddresses)).toEqual([]);
});

test("a location without zones has none, and addresses that lie in none", async () => {
  const recording = await recordAzure(build({ location: "westus", zones: 1, nat: "single" }));
  expect(recording.result.zones).toEqual([]);
  expect(recording.one("azure-native:network:PublicIPAddress").inputs.zones).toBeUndefined();
});

describe("wrong arguments are refused while planning", () => {
  test.each<[string, Partial<AzureNetworkArgs>, string]>([
    ["cidr", { cidr: "10.3.0.0/24" }, "cidr is 10.3.0.0/24; allowed are /8 to /20, so that nodes have a /24 or more."],
    ["zones", { zones: 4 }, "zones is 4; allowed are 1 to 3."],
    [
      "zones",
      { location: "westus" },
      "zones is 3, but westus has no availability zones; give 1, or choose another location.",
    ],
    [
      "location",
      { location: "eu-west-1" },
      'location is "eu-west-1", which is no location\'s name; give one such as westeurope, in lower case without spaces.',
    ],
    ["ingressPorts", { ingressPorts: [443, 70_000] }, "ingressPorts has 70000; allowed are 1 to 65535."],
  ])("%s %j", async (path, changes, text) => {
    const refused = recordAzure(build(changes));
    await expect(refused).rejects.toThrow(`AzureNetwork "net" cannot be planned:\n  ${text}`);
    await expect(refused).rejects.toMatchObject({ errors: [expect.objectContaining({ propertyPath: path })] });
  });
});
