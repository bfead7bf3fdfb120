import { type AwsNodePoolSpec, poolShape } from "../../components/aws/nodePoolShape";
import { nodePoolShape as azureShape } from "../../components/azure/nodePoolShape";
import type { NodePoolShape, Taint } from "../../components/contract";
import { nodePoolShape as gcpShape } from "../../components/gcp/nodePoolShape";
import { objects } from "../../policies/frame/read";

/** A chart whose release has a DaemonSet, and the path in its values where the pods' tolerations are. */
export interface DaemonChart {
  readonly chart: string;
  readonly tolerations: string;
}

/** Inputs of a Helm release or a DaemonSet, as recorded. */
type Inputs = Readonly<Record<string, unknown>>;

/** Taints of the pools that some DaemonSet of the releases does not tolerate, as "chart path: key=value:effect". */
export function untolerated(
  releases: readonly Inputs[],
  daemons: readonly DaemonChart[],
  pools: readonly NodePoolShape[],
): string[] {
  const taints = pools.flatMap((pool) => pool.taints);
  return releases.flatMap((release) =>
    daemons
      .filter(({ chart }) => String(release.chart).split("/").at(-1) === chart)
      .flatMap(({ chart, tolerations }) => {
        const given = objects(release, `values.${tolerations}`);
        return taints
          .filter((taint) => !given.some((toleration) => tolerates(toleration, taint)))
          .map(({ key, value, effect }) => `${chart} ${tolerations}: ${key}=${value}:${effect}`);
      }),
  );
}

/** Source: Kubernetes, "Taints and Tolerations". */
export function tolerates(toleration: Inputs, taint: Taint): boolean {
  const { key, operator = "Equal", value, effect } = toleration;
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key === undefined) return operator === "Exists";
  if (key !== taint.key) return false;
  return operator === "Exists" || (value ?? "") === taint.value;
}

/** Charts with DaemonSets for GPU nodes alone. */
export const GPU_DAEMONS: readonly DaemonChart[] = [
  { chart: "nvidia-device-plugin", tolerations: "tolerations" },
  { chart: "nvidia-device-plugin", tolerations: "nfd.worker.tolerations" },
  { chart: "dcgm-exporter", tolerations: "tolerations" },
  { chart: "nvidia-dra-driver-gpu", tolerations: "kubeletPlugin.tolerations" },
];

/** Charts with DaemonSets, or jobs of each node, for all nodes. */
export const NODE_DAEMONS: readonly DaemonChart[] = [
  { chart: "kube-prometheus-stack", tolerations: "prometheus-node-exporter.tolerations" },
  { chart: "velero", tolerations: "nodeAgent.tolerations" },
  { chart: "chaos-mesh", tolerations: "chaosDaemon.tolerations" },
  { chart: "falco", tolerations: "tolerations" },
  { chart: "trivy-operator", tolerations: "nodeCollector.tolerations" },
];

/** Charts without DaemonSets; of opentelemetry-collector that in mode daemonset is one more. */
export const WITHOUT_DAEMONS: readonly string[] = [
  "argo-cd",
  "argo-rollouts",
  "base",
  "cert-manager",
  "external-secrets",
  "istiod",
  "keda",
  "loki",
  "opentelemetry-collector",
  "prometheus-adapter",
  "prometheus-blackbox-exporter",
  "tempo",
  "vault",
];

const reserved = { key: "team", value: "vision", effect: "NoExecute" } as const;
const range = { min: 0, max: 4 };

/** Pools of every kind that sets a taint, as the clouds' own functions shape them. */
export const POOLS: Readonly<Record<"aws" | "gcp" | "azure", Readonly<Record<string, NodePoolShape>>>> = {
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
