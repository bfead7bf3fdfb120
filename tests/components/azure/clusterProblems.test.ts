import type { AzureClusterArgs } from "../../../components/azure/cluster";
import { clusterProblems } from "../../../components/azure/clusterProblems";
import { place } from "../../support/azureCloud";

const general = { machineTypes: ["Standard_D8s_v5"], min: 2, max: 15 };
const network = {
  cidr: "10.3.0.0/16",
  privateSubnetIds: ["s"],
  apiServerSubnetId: "a",
  zones: ["1", "2"],
  hasNat: true,
};
const args: AzureClusterArgs = {
  ...place(),
  network,
  tenantId: "t",
  version: "1.34",
  nodePools: { general },
  encryption: { vaultId: "v", keyUrl: "k" },
  registryId: "r",
};

test("right arguments have no problem", () => {
  expect(clusterProblems(args)).toEqual([]);
  expect(clusterProblems({ ...args, publicAccessCidrs: ["203.0.113.0/24"] })).toEqual([]);
  expect(clusterProblems({ ...args, environment: "dev", publicAccessCidrs: ["0.0.0.0/0"] })).toEqual([]);
});

describe("a cluster is refused with", () => {
  test.each<[string, Partial<AzureClusterArgs>, string]>([
    [
      "a patch version",
      { version: "1.34.1" },
      'version is "1.34.1"; give a Kubernetes minor version such as 1.34, and AKS chooses the patch.',
    ],
    [
      "no NAT",
      { network: { ...network, hasNat: false } },
      'network.nat is "none", but AKS starts nodes from images that lie outside; give "single" or "onePerZone".',
    ],
    [
      "a pool's bad name",
      { nodePools: { general, "GPU pool": general } },
      'nodePools has a pool named "GPU pool"; allowed are at most 32 lower-case letters, digits and hyphens, a letter first.',
    ],
    [
      "spot pools alone, in prod",
      { nodePools: { cheap: { ...general, capacity: "spot" } } },
      "nodePools is {cheap}, without a pool that has neither taint nor GPU nor spot nodes; in prod the system pool takes AKS's own pods alone, so add one.",
    ],
    [
      "more nodes than the overlay has blocks for",
      { nodePools: { general: { ...general, max: 300 } } },
      "nodePools may grow to 300 nodes, but the overlay 192.168.0.0/16 holds 256; lower max, or give podCidr a shorter prefix.",
    ],
    [
      "pods inside the network",
      { podCidr: "10.0.0.0/8" },
      "podCidr is 10.0.0.0/8, which overlaps 10.3.0.0/16; give a range apart from it.",
    ],
    [
      "services in a range of AKS's own",
      { serviceCidr: "172.30.0.0/16" },
      "serviceCidr is 172.30.0.0/16, which overlaps 172.30.0.0/16; give a range apart from it.",
    ],
    [
      "host bits in the services' range",
      { serviceCidr: "172.20.0.1/16" },
      'serviceCidr is "172.20.0.1/16", which is not an IPv4 network in CIDR notation without host bits; give one such as 172.20.0.0/16.',
    ],
    [
      "no CIDR notation",
      { publicAccessCidrs: ["203.0.113.7"] },
      'publicAccessCidrs[0] is "203.0.113.7", which is not an IPv4 network in CIDR notation without host bits; give one such as 203.0.113.0/24.',
    ],
    [
      "everyone, in prod",
      { publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] },
      "publicAccessCidrs[1] is 0.0.0.0/0, which is everyone; in prod name your own networks, or leave it empty and go through the network.",
    ],
    [
      "more ranges than AKS checks",
      { publicAccessCidrs: Array.from({ length: 201 }, (_, index) => `203.0.${index}.0/24`) },
      "publicAccessCidrs has 201 entries; AKS allows 200.",
    ],
    [
      "an exclusion that ends before it starts",
      { maintenanceExclusions: [{ start: "2027-01-03", end: "2026-12-20" }] },
      "maintenanceExclusions[0] is from 2027-01-03 to 2026-12-20; give two dates such as 2026-12-20, the earlier first.",
    ],
    [
      "an unknown accelerator",
      { nodePools: { general, gpu: { ...general, gpu: { type: "nvidia-l4" } } } },
      'nodePools.gpu.gpu.type is "nvidia-l4"; allowed are nvidia-tesla-t4, nvidia-tesla-v100, nvidia-a10, nvidia-a100-80gb, nvidia-tesla-a100, nvidia-h100-94gb, nvidia-h100-80gb, nvidia-h200-141gb.',
    ],
  ])("%s", (_, changes, text) => {
    expect(clusterProblems({ ...args, ...changes }).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
  });
});
