import { nodePoolProblems } from "../../../components/aws/nodePoolProblems";
import type { AwsNodePoolSpec } from "../../../components/aws/nodePoolShape";

const general: AwsNodePoolSpec = { instanceTypes: ["m6i.large"], min: 1, max: 5 };
const gpu: AwsNodePoolSpec = { ...general, instanceTypes: ["g5.2xlarge"], gpu: { type: "nvidia-a10g", count: 1 } };
const a100: AwsNodePoolSpec = { ...general, instanceTypes: ["p4d.24xlarge"], gpu: { type: "nvidia-a100", count: 8 } };
const around = { environment: "prod", version: "1.34", zones: 3 };
const lines = (name: string, spec: AwsNodePoolSpec, surroundings = around) =>
  nodePoolProblems("pools.a", name, spec, surroundings).map(({ path, reason }) => `${path} ${reason}`);

test.each<[string, AwsNodePoolSpec]>([
  ["a plain pool", general],
  ["spot in prod without a GPU", { ...general, capacity: "spot" }],
  ["Graviton types together", { ...general, instanceTypes: ["m7g.large", "c7gn.large"] }],
  ["a GPU pool", gpu],
  ["a time-sliced GPU", { ...gpu, gpu: { type: "nvidia-a10g", count: 1, sharing: { timeSliced: 4 } } }],
  ["a GPU cut by MIG", { ...a100, gpu: { type: "nvidia-a100", count: 8, sharing: { mig: "1g.5gb" } } }],
  [
    "claims in a pool of a fixed size",
    { ...gpu, min: 2, max: 2, gpu: { type: "nvidia-a10g", count: 1, sharing: "dra" } },
  ],
  ["a capacity block", { ...a100, capacity: { reservedBlock: "cr-0123456789abcdef0" }, zones: [1] }],
])("%s is fine", (_, spec) => expect(lines("a", spec)).toEqual([]));

describe("a wrong pool is refused with the place, the value and the remedy", () => {
  test.each<[string, AwsNodePoolSpec, string]>([
    [
      "Too-Long-A-Name",
      general,
      'pools.a is named "Too-Long-A-Name"; give a name of at most 12 lower-case letters, digits and -, starting with a letter.',
    ],
    [
      "a",
      { ...general, min: 6 },
      "pools.a.min is 6 and max is 5; give whole numbers with 0 <= min <= max and max >= 1.",
    ],
    [
      "a",
      { ...general, desired: 9 },
      "pools.a.desired is 9, outside min 1 to max 5; give a number between, or leave it out.",
    ],
    [
      "a",
      { ...general, diskGb: 8 },
      "pools.a.diskGb is 8; give 20 to 16384 GiB, what a gp3 volume can be and the AMI needs.",
    ],
    ["a", { ...general, instanceTypes: [] }, "pools.a.instanceTypes is empty; give at least one, such as m6i.large."],
    [
      "a",
      { ...general, instanceTypes: ["large"] },
      'pools.a.instanceTypes has "large", which is no instance type; give one such as m6i.large.',
    ],
    [
      "a",
      { ...general, instanceTypes: ["m6i.large", "m7g.large"] },
      "pools.a.instanceTypes mixes ARM and x86 (m6i.large, m7g.large), which one AMI cannot serve; make two pools.",
    ],
    [
      "a",
      { ...general, amiType: "AL2_x86_64" },
      'pools.a.amiType is "AL2_x86_64"; give one of AL2023_x86_64_STANDARD, AL2023_ARM_64_STANDARD, AL2023_x86_64_NVIDIA, AL2023_ARM_64_NVIDIA, BOTTLEROCKET_x86_64, BOTTLEROCKET_ARM_64, BOTTLEROCKET_x86_64_NVIDIA, BOTTLEROCKET_ARM_64_NVIDIA. AWS no longer builds AL2.',
    ],
    [
      "a",
      { ...a100, capacity: { reservedBlock: "block" }, zones: [0] },
      'pools.a.capacity.reservedBlock is "block", which is no capacity reservation\'s id; give one such as cr-0123456789abcdef0.',
    ],
    [
      "a",
      { ...a100, capacity: { reservedBlock: "cr-0123456789abcdef0" } },
      "pools.a.capacity.reservedBlock reserves one instance type in one zone, but the pool has 1 types and 3 zones; give instanceTypes one member and zones the reservation's.",
    ],
    [
      "a",
      { ...general, instanceTypes: ["g5.12xlarge"] },
      "pools.a.gpu is not given, but g5.12xlarge has 4 x nvidia-a10g; give gpu, or an instance type without.",
    ],
    [
      "a",
      { ...gpu, gpu: { type: "nvidia-a10g", count: 2 } },
      "pools.a.gpu is 2 x nvidia-a10g, but g5.2xlarge has 1 x nvidia-a10g; make them agree.",
    ],
    [
      "a",
      { ...general, gpu: { type: "nvidia-l4", count: 1 } },
      "pools.a.gpu is 1 x nvidia-l4, but m6i.large has no GPU; make them agree.",
    ],
    [
      "a",
      { ...gpu, gpu: { type: "nvidia-a10g", count: 1, sharing: { mig: "1g.5gb" } } },
      'pools.a.gpu.sharing.mig is "1g.5gb", which nvidia-a10g cannot be cut into; it has no MIG, so give timeSliced.',
    ],
    [
      "a",
      { ...a100, gpu: { type: "nvidia-a100", count: 8, sharing: { mig: "1g.12gb" } } },
      'pools.a.gpu.sharing.mig is "1g.12gb", which nvidia-a100 cannot be cut into; give one of 1g.5gb, 1g.10gb, 2g.10gb, 3g.20gb, 4g.20gb, 7g.40gb.',
    ],
    [
      "a",
      { ...gpu, gpu: { type: "nvidia-a10g", count: 1, sharing: { timeSliced: 1 } } },
      "pools.a.gpu.sharing.timeSliced is 1; give a whole number of pods a GPU, 2 to 48.",
    ],
    [
      "a",
      { ...gpu, gpu: { type: "nvidia-a10g", count: 1, sharing: "dra" } },
      'pools.a.gpu.sharing is "dra" in a pool of 1 to 5 nodes, which no autoscaler can size by claims; make min and max equal, or give "whole".',
    ],
    [
      "a",
      { ...general, labels: { "node.kubernetes.io/role": "x" } },
      'pools.a.labels has "node.kubernetes.io/role", a name that Kubernetes and EKS keep for themselves; give one with a prefix of yours.',
    ],
    ["a", { ...general, zones: [3] }, "pools.a.zones has 3, but the network has 3 zones; give numbers from 0 to 2."],
    [
      "a",
      { ...gpu, taints: [] },
      "pools.a.taints leave out nvidia.com/gpu, so that pods without a GPU would fill these nodes; add it, or leave taints out.",
    ],
    [
      "a",
      { ...gpu, capacity: "spot" },
      'pools.a.capacity is "spot" for GPUs in prod, which AWS may take away within two minutes; give "onDemand" or a reservedBlock.',
    ],
  ])("%s %j", (name, spec, text) => expect(lines(name, spec)).toEqual([text]));

  test("claims before Kubernetes 1.34", () => {
    const spec: AwsNodePoolSpec = { ...gpu, min: 1, max: 1, gpu: { type: "nvidia-a10g", count: 1, sharing: "dra" } };
    expect(lines("a", spec, { ...around, version: "1.33" })).toEqual([
      'pools.a.gpu.sharing is "dra" on Kubernetes 1.33, where it is not finished; give version 1.34 or later, or "whole".',
    ]);
  });
});
