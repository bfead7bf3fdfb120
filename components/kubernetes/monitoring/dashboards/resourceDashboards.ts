import type { AlertThresholds } from "../thresholds";
import type { Dashboard, Panel, Variable } from "./dashboard";

const NAMESPACE: Variable = { kind: "label", name: "namespace", metric: "kube_pod_info", label: "namespace" };
const CHOSEN = 'namespace=~"$namespace"';
/** NVIDIA's resource as kube-state-metrics spells it. */
const GPU = 'resource="nvidia_com_gpu"';

/** CPU, memory and pods; and GPUs. */
export function resourceDashboards(limits: AlertThresholds): Dashboard[] {
  return [resources(limits), gpus(limits)];
}

function resources(limits: AlertThresholds): Dashboard {
  return {
    uid: "tideline-resources",
    title: "Tideline / Resources",
    description: "What pods and nodes use of what they have.",
    variables: [NAMESPACE],
    panels: [...podPanels(limits), ...SPACE_PANELS],
  };
}

function podPanels(limits: AlertThresholds): readonly Panel[] {
  return [
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
  ];
}

/** Replicas, nodes and what waits for room. */
const SPACE_PANELS: readonly Panel[] = [
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
];

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
