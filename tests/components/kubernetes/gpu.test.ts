import { type AwsNodePoolSpec, poolShape } from "../../../components/aws/nodePoolShape";
import { nodePoolShape as azureShape } from "../../../components/azure/nodePoolShape";
import type { NodePoolShape } from "../../../components/contract";
import { nodePoolShape as gcpShape } from "../../../components/gcp/nodePoolShape";
import { GpuSupport, type GpuSupportArgs, gpuSupportProblems, pluginConfigs } from "../../../components/kubernetes/gpu";
import { type DaemonChart, untolerated } from "../../support/daemonTolerations";
import { clusterTarget, recordKubernetes } from "../../support/kubernetesCluster";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const reserved = { key: "team", value: "vision", effect: "NoExecute" } as const;
const range = { min: 0, max: 4 };

/** Pools of every kind that sets a taint, as the clouds' own functions shape them. */
const POOLS: Readonly<Record<"aws" | "gcp" | "azure", Readonly<Record<string, NodePoolShape>>>> = {
  aws: {
    general: poolShape("general", { instanceTypes: ["m6i.xlarge"], ...range }),
    ...Object.fromEntries(
      (["whole", { timeSliced: 4 }, { mig: "1g.10gb" }, "dra"] as const).map((sharing, index) => {
        const spec: AwsNodePoolSpec = {
          instanceTypes: ["p5.48xlarge"],
          ...range,
          gpu: { type: "nvidia-h100", count: 8, sharing },
        };
        return [`gpu${index}`, poolShape(`gpu${index}`, spec)];
      }),
    ),
    reserved: poolShape("reserved", {
      instanceTypes: ["g5.xlarge"],
      ...range,
      gpu: { type: "nvidia-a10g", count: 1 },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }, reserved],
    }),
  },
  gcp: {
    general: gcpShape("general", { machineTypes: ["n2-standard-8"], ...range }),
    gpu: gcpShape("gpu", {
      machineTypes: ["g2-standard-8"],
      ...range,
      gpu: { type: "nvidia-l4" } as never,
      taints: [reserved],
    }),
  },
  azure: {
    general: azureShape("general", { machineTypes: ["Standard_D8s_v5"], ...range }, "dev"),
    gpu: azureShape(
      "gpu",
      {
        machineTypes: ["Standard_NC24ads_A100_v4"],
        ...range,
        gpu: { type: "nvidia-a100" } as never,
        taints: [reserved],
      },
      "dev",
    ),
  },
};

const target = (cloud: "aws" | "gcp" | "azure", environment: "dev" | "prod" = "prod") =>
  clusterTarget({ cloud, environment, nodePools: POOLS[cloud] });

const build = (args: Partial<GpuSupportArgs> = {}) =>
  recordKubernetes(() => new GpuSupport("gpu", { target: target("aws"), monitoring: true, ...args }));

/** Charts of the part with DaemonSets, and where their values hold tolerations. */
const DAEMONS: readonly DaemonChart[] = [
  { chart: "nvidia-device-plugin", tolerations: "tolerations" },
  { chart: "nvidia-device-plugin", tolerations: "nfd.worker.tolerations" },
  { chart: "dcgm-exporter", tolerations: "tolerations" },
  { chart: "nvidia-dra-driver-gpu", tolerations: "kubeletPlugin.tolerations" },
];

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
  expect(untolerated(releases, DAEMONS, pools)).toEqual([]);
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
