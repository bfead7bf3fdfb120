import type { AzureFoundationArgs } from "../../../components/azure/foundation";
import { foundationProblems } from "../../../components/azure/foundationProblems";

const args: AzureFoundationArgs = {
  stack: "prod",
  environment: "prod",
  tenantId: "00000000-0000-4000-8000-000000000002",
  location: "westeurope",
  network: { cidr: "10.3.0.0/16" },
  cluster: { version: "1.34", nodePools: { general: { machineTypes: ["Standard_D8s_v5"], min: 2, max: 5 } } },
  database: { machineType: "GP_Standard_D4s_v3" },
};
const lines = (changes: Partial<AzureFoundationArgs>) =>
  foundationProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`);

test("nothing is wrong with a good foundation", () => {
  expect(lines({})).toEqual([]);
});

test("what is wrong in any part is said at once, with its path", () => {
  const problems = lines({
    network: { cidr: "10.3.0.0/16", nat: "none" },
    cluster: { version: "1.34", nodePools: { general: { machineTypes: ["D8"], min: 2, max: 1 } } },
    database: { machineType: "B_Standard_B1ms" },
    cache: { size: "Balanced_B0" },
    alarms: { contacts: { webhooks: { chat: "http://chat.example.com" } } },
  });
  expect(problems).toEqual([
    'network.nat is "none", but AKS starts nodes from images that lie outside; give "single" or "onePerZone".',
    'cluster.nodePools.general.machineTypes has "D8", which is no VM size of Azure; give one such as Standard_D8s_v5.',
    "cluster.nodePools.general.min is 2, above max 1; allowed are 0 to 1.",
    'database.machineType is "B_Standard_B1ms", a burstable size that slows down when its credits are spent; in prod give one such as GP_Standard_D4s_v3.',
    'cache.size is "Balanced_B0", a size for trying things out; in prod give one such as Balanced_B5.',
    "alarms.contacts.webhooks.chat is not an https address; alarms name what is broken, so send them encrypted.",
  ]);
});

test("a location that is none is said alone, because sizes and zones depend on it", () => {
  expect(lines({ location: "West Europe", cache: { size: "x" } })).toEqual([
    'location is "West Europe", which is no location\'s name; give one such as westeurope, in lower case without spaces.',
  ]);
});
