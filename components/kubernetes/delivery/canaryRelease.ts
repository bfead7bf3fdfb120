import * as core from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { type ArgumentProblem, problemIf, refuseProblems } from "../../arguments";
import { customResource } from "../customResource";
import { standardLabels } from "../labels";
import { ML_PLATFORM } from "../namespaces";
import type { IAnalysisTemplate, IRollout } from "../operatorTypes";
import { analysisSpec, CANARY_LIMITS, type CanaryLimits } from "./canaryAnalysis";
import { createTrafficSplit, type TrafficSplit, trafficRouting } from "./trafficSplit";

export interface CanaryReleaseArgs {
  /** Deployment of a model server in ml-platform whose pod template is released; its own pods go away meanwhile. */
  readonly workload: string;
  /** Labels by which the Deployment selects its pods. */
  readonly selector: Readonly<Record<string, string>>;
  /** Port of the Deployment's pods that answers HTTP. */
  readonly port: number;
  /** Pods at rest; an autoscaler that changes it must scale the Rollout. */
  readonly replicas: number;
  /** Who leads which share of requests where. */
  readonly traffic: TrafficSplit;
  /** @default http://prometheus-operated.monitoring.svc:9090 */
  readonly prometheusUrl?: string;
  /** @default CANARY_LIMITS */
  readonly limits?: Partial<CanaryLimits>;
  /** Minutes at each share of the traffic before the next. @default 5 */
  readonly minutesPerStep?: number;
}

/** Shares of the requests that a new version gets, percent, one after the other. */
export const CANARY_WEIGHTS = [10, 25, 50, 75, 100] as const;

/**
 * Releases a model server step by step: 10, 25, 50, 75 and 100 % of requests, and whoever sends `x-canary: always`
 * from the start. Errors, latency or drift beyond the limits take the canary back at once, without anybody's doing.
 */
export class CanaryRelease extends pulumi.ComponentResource {
  /** What an autoscaler scales instead of the Deployment. */
  readonly scaleTarget: { readonly apiVersion: string; readonly kind: string; readonly name: string };

  constructor(name: string, args: CanaryReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems("CanaryRelease", name, canaryProblems(args));
    super("tideline:kubernetes:CanaryRelease", name, {}, opts);
    const { workload, selector, port, traffic, prometheusUrl = PROMETHEUS_URL } = args;
    const options = { parent: this, ...(opts?.dependsOn ? { dependsOn: opts.dependsOn } : {}) };
    const metadata = (part: string) => ({
      name: part === "" ? workload : `${workload}-${part}`,
      namespace: ML_PLATFORM,
      labels: standardLabels(workload),
    });
    for (const role of ["stable", "canary"]) {
      new core.Service(
        `${name}-${role}`,
        {
          metadata: metadata(role),
          spec: { selector: { ...selector }, ports: [{ name: "http", port, targetPort: port, protocol: "TCP" }] },
        },
        // Argo Rollouts adds to the selector the hash of the pods that each one leads to.
        { ...options, ignoreChanges: ["spec.selector"] },
      );
    }
    createTrafficSplit(name, { workload, namespace: ML_PLATFORM, port, traffic }, options);
    const analysis = customResource<IAnalysisTemplate>(
      `${name}-analysis`,
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "AnalysisTemplate",
        metadata: metadata("canary"),
        spec: analysisSpec({ ...CANARY_LIMITS, ...args.limits }, prometheusUrl),
      },
      options,
    );
    customResource<IRollout>(
      `${name}-rollout`,
      { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata: metadata(""), spec: rolloutSpec(args) },
      { ...options, dependsOn: [analysis], ignoreChanges: ["spec.replicas"] },
    );
    this.scaleTarget = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: workload };
    this.registerOutputs({ scaleTarget: this.scaleTarget });
  }
}

const PROMETHEUS_URL = "http://prometheus-operated.monitoring.svc:9090";

function rolloutSpec(args: CanaryReleaseArgs): IRollout["spec"] {
  const { workload, selector, replicas, traffic, minutesPerStep = 5 } = args;
  return {
    replicas,
    revisionHistoryLimit: 5,
    minReadySeconds: 10,
    progressDeadlineSeconds: 600,
    progressDeadlineAbort: true,
    selector: { matchLabels: { ...selector } },
    workloadRef: { apiVersion: "apps/v1", kind: "Deployment", name: workload, scaleDown: "progressively" },
    strategy: {
      canary: {
        canaryService: `${workload}-canary`,
        stableService: `${workload}-stable`,
        maxSurge: "25%",
        maxUnavailable: 0,
        // The old version stays at full size until the last step, so that going back takes no time.
        dynamicStableScale: false,
        abortScaleDownDelaySeconds: 300,
        trafficRouting: trafficRouting(workload, ML_PLATFORM, traffic),
        analysis: {
          templates: [{ templateName: `${workload}-canary` }],
          startingStep: 1,
          args: [{ name: "canary-hash", valueFrom: { podTemplateHashValue: "Latest" } }],
        },
        steps: canarySteps(minutesPerStep),
      },
    },
  };
}

/** A pause after each share but the last. */
function canarySteps(
  minutes: number,
): { readonly setWeight?: number; readonly pause?: { readonly duration: string } }[] {
  const pause = { pause: { duration: `${minutes}m` } };
  return CANARY_WEIGHTS.flatMap((setWeight) => [{ setWeight }, ...(setWeight < 100 ? [pause] : [])]);
}

/** All that is wrong with the arguments. */
export function canaryProblems(args: CanaryReleaseArgs): readonly ArgumentProblem[] {
  const { replicas, minutesPerStep = 5, limits = {} } = args;
  const shares = (["errorRate", "successRate", "driftScore"] as const).flatMap((limit) => {
    const value = limits[limit];
    return problemIf(
      value !== undefined && !(value >= 0 && value <= 1),
      `limits.${limit}`,
      `is ${value}; give a share from 0 to 1.`,
    );
  });
  return [
    ...problemIf(
      !Number.isInteger(replicas) || replicas < 2,
      "replicas",
      `is ${replicas}; a canary needs at least 2 pods, one of each version.`,
    ),
    ...problemIf(
      !(minutesPerStep >= 3),
      "minutesPerStep",
      `is ${minutesPerStep}; below 3 minutes nothing is measured before the next step.`,
    ),
    ...shares,
  ];
}
