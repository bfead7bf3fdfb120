import { acceleratorsOf, isArm } from "../../../components/aws/accelerators";

test.each([
  ["p3.2xlarge", "nvidia-v100", 1],
  ["p3.16xlarge", "nvidia-v100", 8],
  ["p4d.24xlarge", "nvidia-a100", 8],
  ["p5.48xlarge", "nvidia-h100", 8],
  ["p5.4xlarge", "nvidia-h100", 1],
  ["p5en.48xlarge", "nvidia-h200", 8],
  ["p6-b200.48xlarge", "nvidia-b200", 8],
  ["g4dn.xlarge", "nvidia-tesla-t4", 1],
  ["g4dn.12xlarge", "nvidia-tesla-t4", 4],
  ["g5.2xlarge", "nvidia-a10g", 1],
  ["g5.48xlarge", "nvidia-a10g", 8],
  ["g5g.16xlarge", "nvidia-t4g", 2],
  ["g6.24xlarge", "nvidia-l4", 4],
  ["gr6.8xlarge", "nvidia-l4", 1],
  ["g6e.48xlarge", "nvidia-l40s", 8],
])("%s has %s x %d", (instanceType, type, count) => {
  expect(acceleratorsOf(instanceType)).toMatchObject({ type, count });
});

test.each(["m6i.large", "c7gn.xlarge", "inf2.xlarge", "trn1.2xlarge"])("%s has no NVIDIA GPU", (instanceType) => {
  expect(acceleratorsOf(instanceType)).toBeUndefined();
});

test("only data centre GPUs can be cut", () => {
  expect(acceleratorsOf("g5.2xlarge")?.migProfiles).toEqual([]);
  expect(acceleratorsOf("p4d.24xlarge")?.migProfiles).toContain("1g.5gb");
});

test.each([
  ["m7g.large", true],
  ["c7gn.xlarge", true],
  ["t4g.small", true],
  ["x2gd.xlarge", true],
  ["g5g.xlarge", true],
  ["m6i.large", false],
  ["g5.2xlarge", false],
  ["g6e.xlarge", false],
  ["gr6.4xlarge", false],
  ["p4d.24xlarge", false],
])("%s is ARM: %s", (instanceType, arm) => expect(isArm(instanceType)).toBe(arm));
