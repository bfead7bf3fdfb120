import type { GcpFoundationArgs } from "../../../components/gcp/foundation";
import { foundationProblems } from "../../../components/gcp/foundationProblems";

const args: GcpFoundationArgs = {
  stack: "prod",
  environment: "prod",
  project: "acme-ml-prod",
  region: "europe-west4",
  network: { cidr: "10.2.0.0/16" },
  cluster: { version: "1.34", nodePools: { general: { machineTypes: ["n2-standard-8"], min: 2, max: 5 } } },
  database: { machineType: "db-custom-4-16384" },
};
const lines = (changes: Partial<GcpFoundationArgs>) =>
  foundationProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`);

test("nothing is wrong with a good foundation", () => {
  expect(lines({})).toEqual([]);
});

test("what is wrong in any part is said at once, with its path", () => {
  const problems = lines({
    cluster: { version: "1.34", nodePools: { general: { machineTypes: ["a", "b"], min: 2, max: 1 } } },
    cache: { memoryGb: 0 },
    objects: { versionsKept: 0 },
    alarms: { contacts: { webhooks: { chat: "http://chat.example.com" } } },
  });
  expect(problems).toEqual([
    "cluster.nodePools.general.machineTypes is [a, b]; a GKE pool has exactly one machine type. Make a pool for each.",
    'cluster.nodePools.general.machineTypes has "a", which is no machine type of Google Cloud; give one such as n2-standard-8.',
    "cluster.nodePools.general.min is 2, above max 1; allowed are 0 to 1.",
    "cache.memoryGb is 0; allowed are whole GiB from 1 to 300.",
    expect.stringMatching(/^objects\.versionsKept is 0;/),
    "alarms.contacts.webhooks.chat is not an https address; alarms name what is broken, so send them encrypted.",
  ]);
});

test("pools are not held against a network that is wrong itself", () => {
  const cluster = { version: "1.34", nodePools: {} };
  expect(lines({ network: { cidr: "10.2.0.0/28" }, cluster })).toEqual([expect.stringMatching(/^network\.cidr /)]);
  expect(lines({ region: "nowhere", cluster })).toEqual([expect.stringMatching(/^region /)]);
});
