import {
  capacityOf,
  diskTypeOf,
  type GcpNodePoolArgs,
  nodePoolProblems,
  nodePoolShape,
  poolFingerprint,
} from "../../../components/gcp/nodePoolShape";

const pool: GcpNodePoolArgs = { machineTypes: ["n2-standard-8"], min: 2, max: 15 };
const gpu: GcpNodePoolArgs = {
  machineTypes: ["n1-standard-8"],
  min: 0,
  max: 4,
  gpu: { type: "nvidia-tesla-t4", count: 2 },
};
const zones = ["europe-west4-a", "europe-west4-b"];
const texts = (args: Partial<GcpNodePoolArgs>) =>
  nodePoolProblems("nodePools.main", { ...pool, ...args }, zones).map(({ path, reason }) => `${path} ${reason}`);

describe("what pods must know of a pool", () => {
  test("without GPU is its name alone", () => {
    expect(nodePoolShape("main", pool)).toEqual({
      labels: { "tideline.dev/pool": "main" },
      taints: [],
      gpusPerNode: 0,
    });
  });

  test("with GPU is the taint that GKE's own DaemonSets tolerate, and the number", () => {
    expect(nodePoolShape("gpu", { ...gpu, taints: [{ key: "workload", value: "ml", effect: "NoSchedule" }] })).toEqual({
      labels: { "tideline.dev/pool": "gpu", workload: "ml" },
      taints: [
        { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" },
        { key: "workload", value: "ml", effect: "NoSchedule" },
      ],
      gpusPerNode: 2,
    });
  });
});

test("is spot off prod, unless it says otherwise", () => {
  expect([capacityOf(pool, "dev"), capacityOf(pool, "staging"), capacityOf(pool, "prod")]).toEqual([
    "spot",
    "spot",
    "onDemand",
  ]);
  expect(capacityOf({ ...pool, capacity: "onDemand" }, "dev")).toBe("onDemand");
});

test.each([
  ["n2-standard-8", "pd-ssd"],
  ["c4-standard-8", "hyperdisk-balanced"],
  ["a4-highgpu-8g", "hyperdisk-balanced"],
])("%s boots from %s", (machineType, diskType) => {
  expect(diskTypeOf({ ...pool, machineTypes: [machineType] })).toBe(diskType);
});

describe("a pool's fingerprint", () => {
  const print = (args: Partial<GcpNodePoolArgs>) => poolFingerprint({ ...gpu, ...args }, "prod");

  test("stays while GKE can change the pool in place", () => {
    for (const change of [
      { min: 1 },
      { max: 9 },
      { machineTypes: ["n1-standard-16"] },
      { diskGb: 200 },
      { labels: { a: "b" } },
    ]) {
      expect(print(change)).toBe(print({}));
    }
  });

  test("changes with what only a new pool can have", () => {
    const changes: Partial<GcpNodePoolArgs>[] = [
      {},
      { capacity: "spot" },
      { capacity: { reservation: "block" } },
      { podsPerNode: 32 },
      { gpu: { type: "nvidia-tesla-t4", count: 1 } },
    ];
    expect(new Set(changes.map(print)).size).toBe(changes.length);
  });
});

describe("a pool is refused with", () => {
  test.each<[string, Partial<GcpNodePoolArgs>, string]>([
    [
      "two machine types",
      { machineTypes: ["n2-standard-8", "n2-standard-16"] },
      "nodePools.main.machineTypes is [n2-standard-8, n2-standard-16]; a GKE pool has exactly one machine type. Make a pool for each.",
    ],
    [
      "another cloud's machine type",
      { machineTypes: ["m5.2xlarge"] },
      'nodePools.main.machineTypes has "m5.2xlarge", which is no machine type of Google Cloud; give one such as n2-standard-8.',
    ],
    ["min above max", { min: 16 }, "nodePools.main.min is 16, above max 15; allowed are 0 to 15."],
    ["a tiny disk", { diskGb: 10 }, "nodePools.main.diskGb is 10; allowed are 20 to 65536 GiB."],
    ["many pods", { podsPerNode: 300 }, "nodePools.main.podsPerNode is 300; allowed are 8 to 256."],
    [
      "no way to upgrade",
      { maxSurge: 0 },
      "nodePools.main.maxSurge and maxUnavailable are both 0, so no node could ever be upgraded; set one of them to 1 or more.",
    ],
    [
      "a zone of elsewhere",
      { zones: ["us-east1-b"] },
      'nodePools.main.zones has "us-east1-b", which the cluster does not span; allowed are europe-west4-a, europe-west4-b.',
    ],
    [
      "a reservation's path",
      { capacity: { reservation: "projects/p/reservations/r" } },
      'nodePools.main.capacity.reservation is "projects/p/reservations/r", which is no reservation\'s name; give the name, without project or zone.',
    ],
    [
      "a GPU machine without GPU",
      { machineTypes: ["g2-standard-8"] },
      "nodePools.main.gpu is missing, but g2-standard-8 comes with accelerators; name them, or choose a machine type without.",
    ],
    [
      "a GPU that the machine cannot carry",
      { gpu: { type: "nvidia-tesla-t4" } },
      'nodePools.main.gpu.type is "nvidia-tesla-t4", which n2-standard-8 cannot carry; it needs an n1 machine type such as n1-standard-8.',
    ],
  ])("%s", (_, args, text) => {
    expect(texts(args)).toEqual([text]);
  });

  test("all that is wrong together", () => {
    expect(texts({ min: 1, max: 0 })).toEqual([
      "nodePools.main.min is 1, above max 0; allowed are 0 to 0.",
      "nodePools.main.max is 0; allowed is 1 or more. Remove the pool to have none.",
    ]);
  });
});
