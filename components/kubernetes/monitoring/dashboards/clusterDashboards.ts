import type { AlertThresholds } from "../thresholds";
import type { Dashboard, Variable } from "./dashboard";

/** What an hour costs, in whatever currency the reader pays. */
export interface CostRates {
  readonly cpuCoreHour: number;
  readonly memoryGibHour: number;
  readonly gpuHour: number;
}

/** US dollars. Source: OpenCost, configs/default.json, for clusters without a cloud's price list. */
export const COST_RATES: CostRates = { cpuCoreHour: 0.031611, memoryGibHour: 0.004237, gpuHour: 0.95 };

const NAMESPACE: Variable = { kind: "label", name: "namespace", metric: "kube_pod_info", label: "namespace" };
const CHOSEN = 'namespace=~"$namespace"';
const GPU = 'resource="nvidia_com_gpu"';
const HOURS_A_MONTH = 730;

/** CPU, memory and pods; GPUs; and what all of it costs. */
export function clusterDashboards(limits: AlertThresholds, rates: CostRates): Dashboard[] {
  return [resources(limits), gpus(limits), cost(rates)];
}

function resources(limits: AlertThresholds): Dashboard {
  return {
    uid: "tideline-resources",
    title: "Tideline / Resources",
    description: "What pods and nodes use of what they have.",
    variables: [NAMESPACE],
    panels: [
      {
        title: "CPU",
        description: "Cores in use by pod.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [
          {
            expr: `sum by (pod) (rate(container_cpu_usage_seconds_total{${CHOSEN}, container!=""}[$__rate_interval]))`,
            legend: "{{pod}}",
          },
        ],
      },
      {
        title: "Memory of its limit",
        description: "A container is killed at 100%.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        max: 1,
        limit: { value: limits.memoryShare, bad: "above" },
        queries: [
          {
            expr: `max by (pod, container) (container_memory_working_set_bytes{${CHOSEN}, container!=""}) / max by (pod, container) (kube_pod_container_resource_limits{${CHOSEN}, resource="memory"})`,
            legend: "{{pod}}, {{container}}",
          },
        ],
      },
      {
        title: "CPU throttling",
        description: "Share of periods in which a container wanted more CPU than its limit.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        queries: [
          {
            expr: `sum by (pod) (rate(container_cpu_cfs_throttled_periods_total{${CHOSEN}}[$__rate_interval])) / sum by (pod) (rate(container_cpu_cfs_periods_total{${CHOSEN}}[$__rate_interval]))`,
            legend: "{{pod}}",
          },
        ],
      },
      {
        title: "Restarts, 1 hour",
        description: "Containers that ended and were started again.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [
          {
            expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${CHOSEN}}[1h]))`,
            legend: "{{pod}}",
          },
        ],
      },
      {
        title: "Replicas of autoscalers",
        description: "Wanted beside most allowed: lines that meet mean that more load finds no more pods.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [
          {
            expr: `sum by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_status_desired_replicas{${CHOSEN}})`,
            legend: "{{horizontalpodautoscaler}}, wanted",
          },
          {
            expr: `sum by (horizontalpodautoscaler) (kube_horizontalpodautoscaler_spec_max_replicas{${CHOSEN}})`,
            legend: "{{horizontalpodautoscaler}}, most",
          },
        ],
      },
      {
        title: "Nodes: CPU in use",
        description: "Share of each node's CPU.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        max: 1,
        queries: [
          {
            expr: '1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
            legend: "{{instance}}",
          },
        ],
      },
      {
        title: "Nodes: memory in use",
        description: "Share of each node's memory.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        max: 1,
        queries: [{ expr: "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes", legend: "{{instance}}" }],
      },
      {
        title: "Pods that are not ready",
        description: "Running pods that take no requests.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [
          { expr: `sum by (namespace) (kube_pod_status_ready{${CHOSEN}, condition="false"})`, legend: "{{namespace}}" },
        ],
      },
    ],
  };
}

function gpus(limits: AlertThresholds): Dashboard {
  const by = (expr: string, metric: string) => `${expr} by (Hostname, gpu) (${metric})`;
  const legend = "{{Hostname}}, {{gpu}}";
  return {
    uid: "tideline-gpu",
    title: "Tideline / GPU",
    description: "What GPUs do.",
    variables: [],
    panels: [
      {
        title: "Utilisation",
        description: "Share of time in which a kernel ran.",
        kind: "graph",
        unit: "percent",
        min: 0,
        max: 100,
        limit: { value: limits.gpuPercent, bad: "above" },
        queries: [{ expr: by("avg", "DCGM_FI_DEV_GPU_UTIL"), legend }],
      },
      {
        title: "Memory in use",
        description: "Of the frame buffer.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        max: 1,
        queries: [
          {
            expr: `${by("sum", "DCGM_FI_DEV_FB_USED")} / (${by("sum", "DCGM_FI_DEV_FB_USED")} + ${by("sum", "DCGM_FI_DEV_FB_FREE")})`,
            legend,
          },
        ],
      },
      {
        title: "Temperature",
        description: "GPUs slow down by themselves when they are too hot.",
        kind: "graph",
        unit: "celsius",
        queries: [{ expr: by("max", "DCGM_FI_DEV_GPU_TEMP"), legend }],
      },
      {
        title: "Power",
        description: "What it draws.",
        kind: "graph",
        unit: "watt",
        min: 0,
        queries: [{ expr: by("sum", "DCGM_FI_DEV_POWER_USAGE"), legend }],
      },
      {
        title: "Last XID error",
        description: "Anything but zero: NVIDIA's list of XID errors says what to do.",
        kind: "graph",
        unit: "short",
        queries: [{ expr: by("max", "DCGM_FI_DEV_XID_ERRORS"), legend }],
      },
      {
        title: "GPUs asked for",
        description: "By pods, beside those that nodes have.",
        kind: "graph",
        unit: "short",
        min: 0,
        queries: [
          { expr: `sum(kube_pod_container_resource_requests{${GPU}})`, legend: "asked for" },
          { expr: `sum(kube_node_status_allocatable{${GPU}})`, legend: "there" },
        ],
      },
    ],
  };
}

function cost(rates: CostRates): Dashboard {
  const priced = (series: string, by: string) => {
    const part = (matcher: string, price: string) => `sum${by} (${series}{${matcher}}) * ${price}`;
    const gpu = part(GPU, "$gpuHour");
    const rest = `${part('resource="cpu"', "$cpuCoreHour")} + ${part('resource="memory"', "$memoryGibHour")} / 2^30`;
    // Where nothing has a GPU there is no such series, and a sum with nothing is nothing.
    return `(${rest}) + (${gpu}) or (${rest})`;
  };
  const nodes = priced("kube_node_status_capacity", "");
  return {
    uid: "tideline-cost",
    title: "Tideline / Cost",
    description: "Hours of CPU, memory and GPU at the prices above; change them to what you pay. Not a bill.",
    variables: [
      { kind: "number", name: "cpuCoreHour", label: "Core hour", value: rates.cpuCoreHour },
      { kind: "number", name: "memoryGibHour", label: "GiB hour", value: rates.memoryGibHour },
      { kind: "number", name: "gpuHour", label: "GPU hour", value: rates.gpuHour },
    ],
    panels: [
      {
        title: "Nodes, a month at this rate",
        description: "All nodes that are there now, for 730 hours.",
        kind: "number",
        unit: "currencyUSD",
        width: 8,
        queries: [{ expr: `(${nodes}) * ${HOURS_A_MONTH}`, legend: "a month" }],
      },
      {
        title: "By namespace, an hour",
        description: "What pods ask for.",
        kind: "graph",
        unit: "currencyUSD",
        width: 16,
        min: 0,
        queries: [{ expr: priced("kube_pod_container_resource_requests", " by (namespace)"), legend: "{{namespace}}" }],
      },
      {
        title: "A million predictions",
        description: "What ml-platform's pods ask for in an hour, by the predictions of an hour.",
        kind: "graph",
        unit: "currencyUSD",
        min: 0,
        queries: [
          {
            expr: `1e6 * sum(kube_pod_container_resource_requests{namespace="ml-platform", resource="cpu"} * $cpuCoreHour) / sum(increase(model_predictions_total{status="success"}[1h]))`,
            legend: "CPU for a million",
          },
        ],
      },
      {
        title: "CPU asked for and not used",
        description: "Share of requested cores that stood idle for an hour; room to make requests smaller.",
        kind: "graph",
        unit: "percentunit",
        min: 0,
        max: 1,
        queries: [
          {
            expr: `1 - sum by (namespace) (rate(container_cpu_usage_seconds_total{container!=""}[1h])) / sum by (namespace) (kube_pod_container_resource_requests{resource="cpu"})`,
            legend: "{{namespace}}",
          },
        ],
      },
    ],
  };
}
