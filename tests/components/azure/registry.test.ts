import { AzureRegistry, type AzureRegistryArgs, registryProblems } from "../../../components/azure/registry";
import { place, recordAzure } from "../../support/azureCloud";

const network = { endpointSubnetId: "s", privateZones: {} as AzureRegistryArgs["network"]["privateZones"] };
const args: AzureRegistryArgs = { ...place(), network };

test("off prod a registry is of the plain tier, with Entra's accounts alone", async () => {
  const recording = await recordAzure(() => new AzureRegistry("images", { ...place("dev"), network }));
  expect(recording.one("azure-native:containerregistry:Registry").inputs).toMatchObject({
    sku: { name: "Standard" },
    adminUserEnabled: false,
    anonymousPullEnabled: false,
  });
  expect(recording.ofType("azure-native:containerregistry:Replication")).toEqual([]);
});

test.each<[Partial<AzureRegistryArgs>, string[]]>([
  [{ pushCidrs: ["203.0.113.0/24"] }, []],
  [
    { pushCidrs: ["203.0.113.0/24", "ci"] },
    [
      'pushCidrs[1] is "ci", which is not an IPv4 network in CIDR notation without host bits; give one such as 203.0.113.0/24.',
    ],
  ],
  [
    { environment: "dev", pushCidrs: ["203.0.113.0/24"] },
    ["pushCidrs is [203.0.113.0/24] in dev, where the registry has no firewall; remove it."],
  ],
  [
    { replicaLocations: ["westeurope"] },
    ["replicaLocations has westeurope, where the registry itself is; name other locations."],
  ],
])("a registry with %j has the problems %j", (changes, texts) => {
  expect(registryProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual(texts);
});
