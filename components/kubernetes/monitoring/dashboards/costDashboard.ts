import type { Dashboard } from "./dashboard";

/** What an hour costs, in whatever currency the reader pays. */
export interface CostRates {
  readonly cpuCoreHour: number;
  readonly memoryGibHour: number;
  readonly gpuHour: number;
}

/** US dollars. Source: OpenCost, configs/default.json, for clusters without a cloud's price list. */
export const COST_RATES: CostRates = { cpuCoreHour: 0.031611, memoryGibHour: 0.004237, gpuHour: 0.95 };

const GPU = 'resource="nvidia_com_gpu"';
const HOURS_A_MONTH = 730;

/** What nodes and pods cost at these prices, which the reader may change. */
export function costDashboard(rates: CostRates): Dashboard {
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
