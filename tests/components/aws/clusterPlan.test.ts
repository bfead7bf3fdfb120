import type { AwsClusterArgs } from "../../../components/aws/cluster";
import { clusterProblems } from "../../../components/aws/clusterPlan";
import { place } from "../../support/awsCloud";

const general = { instanceTypes: ["m6i.large", "m6a.large"], min: 1, max: 5 };
const gpu = { instanceTypes: ["g5.2xlarge"], min: 0, max: 4, gpu: { type: "nvidia-a10g", count: 1 } };
const args: AwsClusterArgs = {
  place: place(),
  version: "1.34",
  subnetIds: [],
  zones: 3,
  compute: { pools: { general, gpu } },
  administrators: ["arn:aws:iam::123456789012:role/admin"],
};

test("the usual arguments are fine", () => expect(clusterProblems(args)).toEqual([]));

describe("wrong arguments are refused while planning", () => {
  const pools = (changes: object): Partial<AwsClusterArgs> => ({ compute: { pools: { general, ...changes } } });
  test.each<[string, Partial<AwsClusterArgs>, string]>([
    [
      "version",
      { version: "1.29" },
      'version is "1.29", for which no add-ons are pinned; give one of 1.33, 1.34, 1.35.',
    ],
    [
      "publicAccessCidrs[0]",
      { publicAccessCidrs: ["0.0.0.0/0"] },
      "publicAccessCidrs[0] is 0.0.0.0/0 in prod, which is everyone; give the networks of your offices and CI, or none for a private endpoint.",
    ],
    [
      "publicAccessCidrs[1]",
      { publicAccessCidrs: ["198.51.100.0/24", "office"] },
      'publicAccessCidrs[1] is "office", which is not an IPv4 network in CIDR notation; give one such as 198.51.100.0/24.',
    ],
    [
      "administrators",
      { administrators: [] },
      "administrators is empty, so that nobody could reach the cluster; give the ARN of at least one role.",
    ],
    [
      "administrators[0]",
      { administrators: ["arn:aws:sts::123456789012:assumed-role/admin/me"] },
      'administrators[0] is "arn:aws:sts::123456789012:assumed-role/admin/me", which is no role or user; give an ARN such as arn:aws:iam::123456789012:role/admin, not of a session.',
    ],
    [
      "grants.team.principalArn",
      { grants: { team: { principalArn: "arn:aws:iam::123456789012:role/admin", right: "view" } } },
      'grants.team.principalArn is "arn:aws:iam::123456789012:role/admin"; give the ARN of a role or user that is not among the administrators, once each.',
    ],
    [
      "grants.team.namespaces",
      { grants: { team: { principalArn: "arn:aws:iam::123456789012:role/team", right: "edit", namespaces: [] } } },
      "grants.team.namespaces is empty, which EKS refuses; name namespaces, or leave it out for the whole cluster.",
    ],
    [
      "compute.auto",
      { compute: { auto: [] } },
      'compute.auto is empty, so that no node would ever start; give ["general-purpose", "system"] or one of them.',
    ],
    [
      "compute.gpuDriver",
      { compute: { auto: ["system"], gpuDriver: "dra" } },
      'compute.gpuDriver is "dra" with EKS Auto Mode, which runs no drivers of yours on its nodes; give "devicePlugin", or pools of your own.',
    ],
    ["compute.pools", { compute: { pools: {} } }, "compute.pools is empty; give at least one pool, such as general."],
    [
      "compute.pools.system",
      pools({}),
      "compute.pools.system has the name of the pool for system pods; give another, or set compute.systemPool.",
    ],
    [
      "compute.pools.gpu.gpu.sharing",
      {
        compute: {
          pools: { gpu: { ...gpu, min: 2, max: 2, gpu: { ...gpu.gpu, sharing: "dra" } } },
          karpenter: { namespace: "karpenter" },
        },
      },
      'compute.pools.gpu.gpu.sharing is "dra" beside Karpenter, which does not know claims and would start nodes for the same pods; give "whole", or leave karpenter out.',
    ],
    [
      "addonVersions.coredns",
      { addonVersions: { coredns: "latest" } },
      'addonVersions.coredns is "latest"; give a version in full, such as v1.12.3-eksbuild.1.',
    ],
  ])("%s %j", (path, changes, text) => {
    const wrong = path === "compute.pools.system" ? { compute: { pools: { general, system: general } } } : changes;
    const found = clusterProblems({ ...args, ...wrong });
    expect(found.map((problem) => `${problem.path} ${problem.reason}`)).toEqual([text]);
    expect(found[0]?.path).toBe(path);
  });
});
