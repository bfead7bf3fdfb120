import { GpuSupport, type GpuSupportArgs, gpuSupportProblems, pluginConfigs } from "../../../components/kubernetes/gpu";
import { GPU_DAEMONS, POOLS, untolerated } from "../../support/daemonTolerations";
import { clusterTarget, recordKubernetes } from "../../support/kubernetesCluster";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const target = (cloud: "aws" | "gcp" | "azure", environment: "dev" | "prod" = "prod") =>
  clusterTarget({ cloud, environment, nodePools: POOLS[cloud] });

const build = (args: Partial<GpuSupportArgs> = {}) =>
  recordKubernetes(() => new GpuSupport("gpu", { target: target("aws"), monitoring: true, ...args }));

test.each([
  ["aws", {}],
  ["aws", { driver: "dra" }],
  ["gcp", {}],
  ["azure", {}],
] as const)("on %s with %j every DaemonSet tolerates every taint of the GPU pools", async (cloud, settings) => {
  const recording = await build({ target: target(cloud), settings });
  const pools = Object.values(POOLS[cloud]).filter(({ gpusPerNode }) => gpusPerNode > 0);
  expect(pools.flatMap(({ taints }) => taints.map(({ key }) => key))).toEqual(
    expect.arrayContaining(["nvidia.com/gpu", "team"]),
  );
  const releases = recording.ofType(RELEASE).map(({ inputs }) => inputs);
  expect(releases.length).toBeGreaterThan(0);
  expect(untolerated(releases, GPU_DAEMONS, pools)).toEqual([]);
});

test("nodes choose how the device plugin offers their GPUs", () => {
  const configs = pluginConfigs(Object.values(POOLS.aws), 1);
  const wanted = Object.values(POOLS.aws).flatMap(({ labels }) => labels["nvidia.com/device-plugin.config"] ?? []);
  expect(wanted).toEqual(["whole", "time-sliced-4", "mig", "whole"]);
  for (const name of wanted) expect(configs).toHaveProperty(name);
  expect(JSON.parse(configs["time-sliced-4"] ?? "")).toEqual({
    version: "v1",
    flags: { migStrategy: "none" },
    sharing: {
      timeSlicing: { failRequestsGreaterThanOne: true, resources: [{ name: "nvidia.com/gpu", replicas: 4 }] },
    },
  });
  expect(JSON.parse(configs.mig ?? "")).toMatchObject({ flags: { migStrategy: "mixed" } });
});

test("only the driver that is wanted is installed; Google's nodes bring one", async () => {
  const charts = async (args: Partial<GpuSupportArgs>) =>
    (await build(args))
      .ofType(RELEASE)
      .map(({ inputs }) => inputs.chart)
      .sort();
  // One of the pools is shared by claims.
  expect(await charts({})).toEqual(["dcgm-exporter", "nvidia-device-plugin", "nvidia-dra-driver-gpu"]);
  expect(await charts({ target: clusterTarget() })).toEqual(["dcgm-exporter", "nvidia-device-plugin"]);
  expect(await charts({ settings: { driver: "dra", metrics: false } })).toEqual(["nvidia-dra-driver-gpu"]);
  expect(await charts({ target: target("gcp") })).toEqual(["dcgm-exporter"]);
});

test("they run on nodes with GPUs alone", async () => {
  const recording = await build({ target: target("azure") });
  for (const { inputs } of recording.ofType(RELEASE)) {
    expect(inputs.values).toMatchObject({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: "tideline.dev/pool", operator: "In", values: ["gpu"] }] }],
          },
        },
      },
    });
  }
});

test.each<[Partial<GpuSupportArgs>, string]>([
  [
    { target: clusterTarget({ nodePools: {} }) },
    "target.nodePools have no GPUs, so nothing could run there; add a pool with GPUs, or leave GPU support out.",
  ],
  [{ settings: { timeSlices: 100 } }, "settings.timeSlices is 100; allowed are 1 to 48."],
  [
    { settings: { timeSlices: 4, driver: "dra" } },
    "settings.timeSlices is 4, but claims share GPUs as they say themselves; leave it out.",
  ],
  [
    { target: target("gcp"), settings: { driver: "devicePlugin" } },
    'settings.driver is "devicePlugin" on Google Cloud, whose nodes bring a plugin of their own, and every GPU would be offered twice; give "cloud" or "dra".',
  ],
])("wrong arguments are refused while planning, %#", (changes, text) => {
  const problems = gpuSupportProblems({ target: target("aws"), monitoring: true, ...changes });
  expect(problems.map(({ path, reason }) => `${path} ${reason}`)).toEqual([text]);
});
