import {
  type AwsNodePoolSpec,
  amiType,
  capacityType,
  desiredSize,
  poolShape,
  replacementKey,
} from "../../../components/aws/nodePoolShape";

const spec: AwsNodePoolSpec = { instanceTypes: ["m6i.large"], min: 1, max: 5 };
const gpu: AwsNodePoolSpec = { ...spec, instanceTypes: ["g5.2xlarge"], gpu: { type: "nvidia-a10g", count: 1 } };

test.each<[readonly string[], boolean, string]>([
  [["m6i.large"], false, "AL2023_x86_64_STANDARD"],
  [["m7g.large"], false, "AL2023_ARM_64_STANDARD"],
  [["g5.2xlarge"], true, "AL2023_x86_64_NVIDIA"],
  [["g5g.2xlarge"], true, "AL2023_ARM_64_NVIDIA"],
])("%j with a GPU %s runs %s", (instanceTypes, withGpu, expected) => {
  expect(amiType({ ...spec, instanceTypes, ...(withGpu && gpu.gpu ? { gpu: gpu.gpu } : {}) })).toBe(expected);
});

test.each<[Partial<AwsNodePoolSpec>, string, string]>([
  [{}, "dev", "SPOT"],
  [{}, "prod", "ON_DEMAND"],
  [{ capacity: "onDemand" }, "dev", "ON_DEMAND"],
  [{ capacity: "spot" }, "prod", "SPOT"],
  [{ capacity: { reservedBlock: "cr-0123456789abcdef0" } }, "prod", "CAPACITY_BLOCK"],
])("%j in %s is bought as %s", (changes, environment, expected) => {
  expect(capacityType({ ...spec, ...changes }, environment)).toBe(expected);
});

test("GPUs are bought on demand in dev too, where spot hardly ever has them", () => {
  expect(capacityType(gpu, "dev")).toBe("ON_DEMAND");
});

test.each<[Partial<AwsNodePoolSpec>, number]>([
  [{ min: 0 }, 1],
  [{ min: 3 }, 3],
  [{ min: 0, gpu: { type: "nvidia-a10g", count: 1 } }, 0],
  [{ desired: 4 }, 4],
])("%j begins with %d nodes", (changes, expected) => expect(desiredSize({ ...spec, ...changes })).toBe(expected));

describe("a pool is replaced", () => {
  const key = replacementKey(spec, "prod");
  test.each<[string, Partial<AwsNodePoolSpec>]>([
    ["size", { min: 2, max: 9 }],
    ["a single instance type", { instanceTypes: ["m6i.2xlarge"] }],
    ["disk", { diskGb: 300 }],
    ["labels", { labels: { team: "a" } }],
    ["taints", { taints: [{ key: "a", value: "b", effect: "NoSchedule" }] }],
    ["hops", { metadataHopLimit: 2 }],
  ])("not by its %s", (_, changes) => expect(replacementKey({ ...spec, ...changes }, "prod")).toBe(key));
  test.each<[string, Partial<AwsNodePoolSpec>]>([
    ["a list of instance types", { instanceTypes: ["m6i.large", "m6a.large"] }],
    ["the architecture", { instanceTypes: ["m7g.large"] }],
    ["the way of buying", { capacity: "spot" }],
    ["named zones", { zones: [0] }],
  ])("by %s", (_, changes) => expect(replacementKey({ ...spec, ...changes }, "prod")).not.toBe(key));
});

test("pods see the accelerator, the taint and how GPUs are shared", () => {
  expect(poolShape("train", gpu)).toEqual({
    labels: {
      "tideline.dev/pool": "train",
      "nvidia.com/gpu.present": "true",
      "tideline.dev/accelerator": "nvidia-a10g",
      "nvidia.com/device-plugin.config": "whole",
    },
    taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    gpusPerNode: 1,
  });
  const shared = (sharing: NonNullable<AwsNodePoolSpec["gpu"]>["sharing"] & {}) =>
    poolShape("a", { ...gpu, gpu: { type: "nvidia-a10g", count: 1, sharing } }).labels;
  expect(shared({ timeSliced: 4 })).toMatchObject({ "nvidia.com/device-plugin.config": "time-sliced-4" });
  expect(shared({ mig: "1g.5gb" })).toMatchObject({ "nvidia.com/mig.config": "all-1g.5gb" });
  expect(shared("dra")).toMatchObject({ "nvidia.com/dra-kubelet-plugin": "true" });
});
