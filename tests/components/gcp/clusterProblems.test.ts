import type { GcpClusterArgs } from "../../../components/gcp/cluster";
import { clusterProblems } from "../../../components/gcp/clusterProblems";
import { networkRanges } from "../../../components/gcp/networkRanges";
import { place } from "../../support/gcpCloud";

const system = { machineTypes: ["n2-standard-8"], min: 2, max: 15 };
const args: GcpClusterArgs = {
  ...place(),
  network: {
    networkId: "n",
    privateSubnetIds: ["s"],
    podsRange: "pods",
    servicesRange: "services",
    ranges: networkRanges("10.2.0.0/16"),
    zones: ["europe-west4-a"],
    nodeTag: "node",
  },
  version: "1.34",
  nodePools: { system },
  keys: { cluster: "k", disks: "k" },
};

test("right arguments have no problem", () => {
  expect(clusterProblems(args)).toEqual([]);
  expect(clusterProblems({ ...args, publicAccessCidrs: ["203.0.113.0/24"] })).toEqual([]);
  expect(clusterProblems({ ...args, environment: "dev", publicAccessCidrs: ["0.0.0.0/0"] })).toEqual([]);
});

describe("a cluster is refused with", () => {
  test.each<[string, Partial<GcpClusterArgs>, string]>([
    [
      "a patch version",
      { version: "1.34.1" },
      'version is "1.34.1"; give a Kubernetes minor version such as 1.34, and GKE chooses the patch.',
    ],
    [
      "a pool's bad name",
      { nodePools: { system, "GPU pool": system } },
      'nodePools has a pool named "GPU pool"; allowed are at most 32 lower-case letters, digits and hyphens, a letter first.',
    ],
    [
      "tainted pools alone",
      { nodePools: { ml: { ...system, taints: [{ key: "workload", value: "ml", effect: "NoSchedule" }] } } },
      "nodePools is {ml}, without a pool that has neither taint nor GPU; add one of 2 small nodes for the system's own pods.",
    ],
    [
      "more nodes than pods have addresses for",
      { nodePools: { system: { ...system, max: 300 } } },
      "nodePools may grow to 300 nodes, but the pod range 10.2.128.0/17 holds 256; lower max or podsPerNode, or give the network a shorter prefix.",
    ],
    [
      "no CIDR notation",
      { publicAccessCidrs: ["203.0.113.7"] },
      'publicAccessCidrs[0] is "203.0.113.7", which is not an IPv4 network in CIDR notation without host bits; give one such as 203.0.113.0/24.',
    ],
    [
      "host bits in a peer's network",
      { privateAccessCidrs: ["10.1.0.1/16"] },
      'privateAccessCidrs[0] is "10.1.0.1/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 10.1.0.0/16.',
    ],
    [
      "everyone, in prod",
      { publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] },
      "publicAccessCidrs[1] is 0.0.0.0/0, which is everyone; in prod name your own networks, or set dnsEndpoint, which IAM guards.",
    ],
    [
      "half of everyone, in prod",
      { publicAccessCidrs: ["0.0.0.0/1"] },
      "publicAccessCidrs[0] is 0.0.0.0/1, which is everyone; in prod name your own networks, or set dnsEndpoint, which IAM guards.",
    ],
  ])("%s", (_, changes, text) => {
    expect(clusterProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
  });
});
