import { azureCatalogue } from "../../../tools/rehearsal/azure/catalogue";
import { azureGateway, recordClouds } from "../../support/linkedClouds";
import { plannedChanges } from "../../support/plannedChanges";

const GATEWAY = "azure-native:network:VirtualNetworkGateway";

test("carrying one more link changes the gateway in place", async () => {
  const before = await recordClouds(() => azureGateway({ links: { 1: "aws" } }));
  const after = await recordClouds(() => azureGateway({ links: { 1: "aws", 2: "gcp" } }));
  expect(plannedChanges(azureCatalogue, before, after)).toEqual({ "azure-gateway": "update" });
});

test.each([
  ["prod", "eastus", "VpnGw2AZ", "Generation2"],
  ["dev", "eastus", "VpnGw1AZ", "Generation1"],
  ["dev", "ukwest", "VpnGw1", "Generation1"],
] as const)("in %s in %s it is a %s of %s", async (environment, location, size, generation) => {
  const recording = await recordClouds(() => azureGateway({ environment, location }));
  expect(recording.one(GATEWAY).inputs).toMatchObject({
    sku: { name: size, tier: size },
    vpnGatewayGeneration: generation,
  });
  const addresses = recording.ofType("azure-native:network:PublicIPAddress");
  expect(addresses.map(({ inputs }) => inputs.zones)).toEqual(
    location === "eastus"
      ? [
          ["1", "2", "3"],
          ["1", "2", "3"],
        ]
      : [undefined, undefined],
  );
});

test("a subnet's range that is too small is refused with the gateway's name", async () => {
  await expect(recordClouds(() => azureGateway({ gatewaySubnetRange: "10.3.255.0/28" }))).rejects.toThrow(
    'AzureLinkGateway "azure-gateway" cannot be planned:\n  gatewaySubnetRange is "10.3.255.0/28"; give an IPv4 network of /27 or shorter, such as 10.3.255.224/27.',
  );
});
