import type * as inputs from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { ScalingSignal } from "../../services/runtime/descriptor";
import { type CustomSignal, SCALING_METRICS } from "./scalingMetrics";

/** Fewest and most pods of a workload. */
export interface Replicas {
  readonly min: number;
  readonly max: number;
}

/** No pods at all while nobody asks; KEDA watches the requests that arrive. */
export interface ScaleToZero {
  /** Prometheus that counts what arrives at the gateway, not at the pods: there may be none. */
  readonly prometheusUrl: pulumi.Input<string>;
  /** PromQL for requests a second. @default those that the mesh sends to the workload's service */
  readonly query?: string;
  /** Requests a second that one pod answers. */
  readonly requestsPerPod: number;
  /** Seconds without a request after which the last pod goes. @default 300 */
  readonly idleSeconds?: number;
}

const CPU_AND_MEMORY = { cpuPercent: "cpu", memoryPercent: "memory" } as const;

/**
 * Follows a descriptor's signals: up at once, by as much as double in 15 s, and down by a tenth a minute after five quiet
 * minutes, since a model that was just loaded costs more than a pod that idles.
 */
export function horizontalScaling(
  deployment: string,
  { min, max }: Replicas,
  signals: readonly ScalingSignal[],
  customMetrics: boolean,
): inputs.autoscaling.v2.HorizontalPodAutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
    minReplicas: min,
    maxReplicas: max,
    metrics: signals.flatMap((signal) => {
      if (signal.metric === "cpuPercent" || signal.metric === "memoryPercent") {
        return [resourceMetric(CPU_AND_MEMORY[signal.metric], signal.target)];
      }
      return customMetrics ? [podMetric(signal.metric, signal.target)] : [];
    }),
    behavior: {
      scaleUp: {
        stabilizationWindowSeconds: 0,
        selectPolicy: "Max",
        policies: [
          { type: "Percent", value: 100, periodSeconds: 15 },
          { type: "Pods", value: 4, periodSeconds: 15 },
        ],
      },
      scaleDown: {
        stabilizationWindowSeconds: 300,
        selectPolicy: "Min",
        policies: [{ type: "Percent", value: 10, periodSeconds: 60 }],
      },
    },
  };
}

function resourceMetric(name: "cpu" | "memory", percent: number): inputs.autoscaling.v2.MetricSpec {
  return { type: "Resource", resource: { name, target: { type: "Utilization", averageUtilization: percent } } };
}

function podMetric(signal: CustomSignal, target: number): inputs.autoscaling.v2.MetricSpec {
  // In thousandths, as quantities are written: 0.5 is 500m.
  const averageValue = Number.isInteger(target) ? String(target) : `${Math.round(target * 1000)}m`;
  const metric = { name: SCALING_METRICS[signal] };
  return { type: "Pods", pods: { metric, target: { type: "AverageValue", averageValue } } };
}

/** KEDA's ScaledObject. Source: KEDA 2, "ScaledObject specification". */
export interface ScaledObject {
  readonly apiVersion: "keda.sh/v1alpha1";
  readonly kind: "ScaledObject";
  readonly spec: {
    readonly scaleTargetRef: { readonly name: string };
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly cooldownPeriod: number;
    readonly pollingInterval: number;
    readonly triggers: readonly {
      readonly type: "prometheus";
      readonly metadata: Readonly<Record<string, pulumi.Input<string>>>;
    }[];
  };
}

/** Scales to zero, and up from it on the first requests. */
export function scaledObject(
  workload: string,
  namespace: string,
  max: number,
  { prometheusUrl, query, requestsPerPod, idleSeconds = 300 }: ScaleToZero,
): ScaledObject["spec"] {
  const arrivals = `istio_requests_total{destination_service_name="${workload}",destination_service_namespace="${namespace}"}`;
  return {
    scaleTargetRef: { name: workload },
    minReplicaCount: 0,
    maxReplicaCount: max,
    cooldownPeriod: idleSeconds,
    pollingInterval: 5,
    triggers: [
      {
        type: "prometheus",
        metadata: {
          serverAddress: prometheusUrl,
          query: query ?? `sum(rate(${arrivals}[1m]))`,
          threshold: String(requestsPerPod),
          activationThreshold: "0",
        },
      },
    ],
  };
}

/** The vertical autoscaler's object. Source: Kubernetes autoscaler, VerticalPodAutoscaler v1. */
export interface VerticalPodAutoscaler {
  readonly apiVersion: "autoscaling.k8s.io/v1";
  readonly kind: "VerticalPodAutoscaler";
  readonly spec: {
    readonly targetRef: { readonly apiVersion: "apps/v1"; readonly kind: "Deployment"; readonly name: string };
    readonly updatePolicy: { readonly updateMode: "Off" };
  };
}

/** Says what pods should ask for, and changes nothing: the horizontal one follows the same signals. */
export function verticalRecommendation(deployment: string): VerticalPodAutoscaler["spec"] {
  return {
    targetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
    updatePolicy: { updateMode: "Off" },
  };
}
