import { type GcpGpu, gpuProblems } from "../../../components/gcp/accelerators";

const l4: GcpGpu = { type: "nvidia-l4" };

describe("accelerators of a machine type", () => {
  test.each<[string, GcpGpu]>([
    ["n1-standard-8", { type: "nvidia-tesla-t4" }],
    ["n1-highmem-16", { type: "nvidia-tesla-v100", count: 8 }],
    ["g2-standard-24", { type: "nvidia-l4", count: 2 }],
    ["a2-highgpu-1g", { type: "nvidia-tesla-a100", sharing: { kind: "mig", partition: "1g.5gb" } }],
    ["a3-highgpu-8g", { type: "nvidia-h100-80gb", count: 8 }],
    ["g2-standard-8", { type: "nvidia-l4", sharing: { kind: "timeShared", clients: 4 } }],
    ["g2-standard-8", { type: "nvidia-l4", sharing: { kind: "mps", clients: 48 } }],
  ])("%s takes %j", (machineType, gpu) => {
    expect(gpuProblems(machineType, gpu)).toEqual([]);
  });

  test.each<[string, string, GcpGpu, string]>([
    [
      "an unknown accelerator",
      "n1-standard-8",
      { type: "t4" },
      'type is "t4"; allowed are nvidia-tesla-t4, nvidia-tesla-p4, nvidia-tesla-p100, nvidia-tesla-v100, nvidia-l4, nvidia-tesla-a100, nvidia-a100-80gb, nvidia-h100-80gb, nvidia-h100-mega-80gb, nvidia-h200-141gb, nvidia-b200.',
    ],
    [
      "an n1 accelerator on another series",
      "n2-standard-8",
      { type: "nvidia-tesla-t4" },
      'type is "nvidia-tesla-t4", which n2-standard-8 cannot carry; it needs an n1 machine type such as n1-standard-8.',
    ],
    [
      "the larger A100 on the smaller one's machine",
      "a2-highgpu-1g",
      { type: "nvidia-a100-80gb" },
      'type is "nvidia-a100-80gb", which a2-highgpu-1g cannot carry; it needs a2-ultragpu-1g, a2-ultragpu-2g, a2-ultragpu-4g, a2-ultragpu-8g.',
    ],
    [
      "three T4",
      "n1-standard-8",
      { type: "nvidia-tesla-t4", count: 3 },
      "count is 3; n1-standard-8 with nvidia-tesla-t4 has 1, 2, 4.",
    ],
    ["one of two", "g2-standard-24", l4, "count is 1; g2-standard-24 with nvidia-l4 has 2."],
    [
      "MIG of a chip without",
      "g2-standard-8",
      { ...l4, sharing: { kind: "mig", partition: "1g.5gb" } },
      "sharing asks for the MIG partition 1g.5gb of nvidia-l4; it has no MIG; share it by time.",
    ],
    [
      "another chip's partition",
      "a2-highgpu-1g",
      { type: "nvidia-tesla-a100", sharing: { kind: "mig", partition: "1g.10gb" } },
      "sharing asks for the MIG partition 1g.10gb of nvidia-tesla-a100; allowed are 1g.5gb, 2g.10gb, 3g.20gb, 7g.40gb.",
    ],
    [
      "one client",
      "g2-standard-8",
      { ...l4, sharing: { kind: "timeShared", clients: 1 } },
      "sharing has 1 clients for one accelerator; allowed are 2 to 48.",
    ],
  ])("refuse %s", (_, machineType, gpu, text) => {
    expect(gpuProblems(machineType, gpu).map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
  });
});
