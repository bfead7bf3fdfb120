import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../arguments";
import type { NodePoolShape } from "../contract";
import { PinnedChart } from "./chart";
import { CHARTS, type ChartSource } from "./charts";
import { GPU } from "./namespaces";
import { GPU_RESOURCE, POOL_LABEL } from "./podPlacement";
import type { ClusterTarget } from "./target";

/** What the GPU part can be told. */
export interface GpuSettings {
  /**
   * Who hands GPUs to pods: NVIDIA's device plugin, NVIDIA's driver for dynamic resource allocation (Kubernetes 1.34 on),
   * or the cloud; pools that say how they share their GPUs are heard first. @default the cloud on Google Cloud, whose nodes bring a plugin, else the device plugin
   */
  readonly driver?: "devicePlugin" | "dra" | "cloud";
  /** Shares that one GPU is offered as, without isolation of memory, on pools that do not say it themselves. @default 1 */
  readonly timeSlices?: number;
  /** Whether DCGM's exporter measures utilisation, memory, temperature and errors. @default true */
  readonly metrics?: boolean;
}

export interface GpuSupportArgs {
  readonly target: ClusterTarget;
  readonly settings?: GpuSettings;
  /** Whether Prometheus's operator is there to find the exporter. */
  readonly monitoring: boolean;
}

/** Label of node pools whose GPUs are claimed, whatever the others do. */
const DRA_LABEL = "nvidia.com/dra-kubelet-plugin";

/** NVIDIA's driver for dynamic resource allocation. */
const DRA_DRIVER: ChartSource = {
  repo: "https://helm.ngc.nvidia.com/nvidia",
  chart: "nvidia-dra-driver-gpu",
  version: "25.8.0",
};

/** Lets pods ask for GPUs, and measures how busy these are. */
export class GpuSupport extends pulumi.ComponentResource {
  constructor(name: string, args: GpuSupportArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("GpuSupport", name, gpuSupportProblems(args));
    super("tideline:kubernetes:GpuSupport", name, {}, opts);
    const { target, settings = {}, monitoring } = args;
    const { driver = defaultDriver(target), timeSlices = 1, metrics = true } = settings;
    const pools = gpuPools(target);
    const options = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    const claimed = pools.filter(({ labels }) => driver === "dra" || labels[DRA_LABEL] === "true");
    const offered = driver === "devicePlugin" ? pools.filter((pool) => !claimed.includes(pool)) : [];
    if (offered.length > 0) {
      const values = devicePluginValues(pools, offered, timeSlices);
      new PinnedChart(`${name}-plugin`, { chart: CHARTS.nvidiaDevicePlugin, namespace: GPU, values }, options);
    }
    if (claimed.length > 0) {
      new PinnedChart(`${name}-dra`, { chart: DRA_DRIVER, namespace: GPU, values: draValues(pools, claimed) }, options);
    }
    if (metrics) {
      const values = dcgmValues(pools, monitoring);
      new PinnedChart(`${name}-metrics`, { chart: CHARTS.dcgmExporter, namespace: GPU, values }, options);
    }
    this.registerOutputs();
  }
}

/** GKE's GPU nodes come with a plugin of Google's; a second one would offer every GPU twice. */
function defaultDriver({ cloud }: Pick<ClusterTarget, "cloud">): NonNullable<GpuSettings["driver"]> {
  return cloud === "gcp" ? "cloud" : "devicePlugin";
}

/** The pools with GPUs. */
function gpuPools({ nodePools }: Pick<ClusterTarget, "nodePools">): readonly NodePoolShape[] {
  return Object.values(nodePools).filter(({ gpusPerNode }) => gpusPerNode > 0);
}

interface Toleration {
  readonly key: string;
  readonly operator: "Exists";
  readonly effect: string;
}

/** All taints of the pools with GPUs: where one is not tolerated, no pod ever gets a GPU. */
function tolerations(pools: readonly NodePoolShape[]): Toleration[] {
  const taints = [{ key: GPU_RESOURCE, effect: "NoSchedule" }, ...pools.flatMap((pool) => pool.taints)];
  const byIdentity = new Map(taints.map(({ key, effect }) => [`${key}:${effect}`, { key, effect }]));
  return [...byIdentity.values()].map(({ key, effect }) => ({ key, operator: "Exists", effect }));
}

/** Nodes of the pools alone, by their own labels: those of feature discovery come from what is installed here. */
function affinity(pools: readonly NodePoolShape[]) {
  const values = pools.flatMap(({ labels }) => labels[POOL_LABEL] ?? []);
  const matchExpressions = [{ key: POOL_LABEL, operator: "In", values }];
  return {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } },
  };
}

/** Label by which a node chooses one of the plugin's configurations. */
const CONFIG_LABEL = "nvidia.com/device-plugin.config";

/**
 * Configurations of the device plugin by name, as node pools' labels choose them: whole GPUs, time-sliced ones, and MIG
 * instances, each profile a resource of its own. Source: NVIDIA k8s-device-plugin, "Configuring the device plugin".
 */
export function pluginConfigs(pools: readonly NodePoolShape[], timeSlices: number): Readonly<Record<string, string>> {
  const wanted = pools.flatMap(({ labels }) => labels[CONFIG_LABEL] ?? []);
  const slices = wanted.flatMap((name) => /^time-sliced-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const sliced = [...new Set([...slices, ...(timeSlices > 1 ? [timeSlices] : [])])];
  return {
    whole: JSON.stringify({ version: "v1", flags: { migStrategy: "none" } }),
    mig: JSON.stringify({ version: "v1", flags: { migStrategy: "mixed" } }),
    ...Object.fromEntries(sliced.map((count) => [`time-sliced-${count}`, timeSliced(count)])),
  };
}

function timeSliced(replicas: number): string {
  return JSON.stringify({
    version: "v1",
    flags: { migStrategy: "none" },
    // A pod that asks for two shares could get both of one GPU, and would believe that it has two GPUs.
    sharing: { timeSlicing: { failRequestsGreaterThanOne: true, resources: [{ name: GPU_RESOURCE, replicas }] } },
  });
}

const SMALL = { requests: { cpu: "50m", memory: "64Mi" }, limits: { memory: "256Mi" } };

function devicePluginValues(pools: readonly NodePoolShape[], offered: readonly NodePoolShape[], timeSlices: number) {
  return {
    config: {
      map: pluginConfigs(offered, timeSlices),
      default: timeSlices > 1 ? `time-sliced-${timeSlices}` : "whole",
    },
    gfd: { enabled: true },
    nfd: { tolerations: tolerations(pools), worker: { tolerations: tolerations(pools) } },
    tolerations: tolerations(pools),
    affinity: affinity(offered),
    resources: SMALL,
  };
}

function draValues(pools: readonly NodePoolShape[], claimed: readonly NodePoolShape[]) {
  return {
    gpuResourcesEnabledOverride: true,
    resources: { gpus: { enabled: true }, computeDomains: { enabled: false } },
    kubeletPlugin: { tolerations: tolerations(pools), affinity: affinity(claimed) },
  };
}

function dcgmValues(pools: readonly NodePoolShape[], monitoring: boolean) {
  return {
    tolerations: tolerations(pools),
    affinity: affinity(pools),
    serviceMonitor: { enabled: monitoring, interval: "15s" },
    resources: { requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" } },
  };
}

/** All that is wrong with the arguments. */
export function gpuSupportProblems({ target, settings = {} }: GpuSupportArgs): readonly ArgumentProblem[] {
  const { driver = defaultDriver(target), timeSlices = 1 } = settings;
  return [
    ...problemIf(
      gpuPools(target).length === 0,
      "target.nodePools",
      "have no GPUs, so nothing could run there; add a pool with GPUs, or leave GPU support out.",
    ),
    ...problemIf(
      !Number.isInteger(timeSlices) || timeSlices < 1 || timeSlices > 48,
      "settings.timeSlices",
      `is ${timeSlices}; allowed are 1 to 48.`,
    ),
    ...problemIf(
      timeSlices > 1 && driver !== "devicePlugin",
      "settings.timeSlices",
      `is ${timeSlices}, but ${driver === "cloud" ? "the cloud's plugin shares GPUs as its node pools say" : "claims share GPUs as they say themselves"}; leave it out.`,
    ),
    ...problemIf(
      target.cloud === "gcp" && driver === "devicePlugin",
      "settings.driver",
      'is "devicePlugin" on Google Cloud, whose nodes bring a plugin of their own, and every GPU would be offered twice; give "cloud" or "dra".',
    ),
  ];
}
