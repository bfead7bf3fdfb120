import { isMachineType } from "../../../../tools/rehearsal/gcp/machineTypes";

test.each([
  ["n2-standard-8", true],
  ["n1-standard-1", true],
  ["e2-medium", true],
  ["c3-highmem-176", true],
  ["a2-highgpu-1g", true],
  ["g2-standard-48", true],
  ["n2-custom-6-8192", true],
  ["custom-1-1024-ext", true],
  ["n2-standard-7", false],
  ["n2-custom-5-8192", false],
  ["n2-custom-6-8000", false],
  ["n2-custom-6-0", false],
  ["z9-standard-8", false],
  ["n2-standard", false],
  ["a2-highgpu-16g", false],
])("%s as a machine type: %p", (name, expected) => {
  expect(isMachineType(name)).toBe(expected);
});
