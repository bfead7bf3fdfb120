import { type ArgumentProblem, problemIf } from "../arguments";
import type { Replicas } from "./autoscaling";
import { modelProblems } from "./modelReference";
import { gpuProblems } from "./podPlacement";
import { imageProblems } from "./serviceImage";
import type { ServiceWorkloadArgs } from "./serviceWorkload";
import type { ClusterTarget } from "./target";
import { environmentProblems } from "./workloadEnvironment";

/** Pods of a service, unless it is said; the admission rules refuse more than 20 outside prod. */
export const REPLICAS: Readonly<Record<ClusterTarget["environment"], Replicas>> = {
  dev: { min: 1, max: 4 },
  staging: { min: 2, max: 8 },
  prod: { min: 3, max: 20 },
};

/** Most pods of one workload outside prod. */
export const MAX_REPLICAS_OUTSIDE_PROD = 20;

/** All that is wrong with the arguments. */
export function workloadProblems(args: ServiceWorkloadArgs): readonly ArgumentProblem[] {
  const { target, descriptor, model, gpu, image, workload = descriptor.name, secrets } = args;
  const environment = {
    ...(model ? { MODEL_NAME: model.name, MODEL_VERSION: model.version } : {}),
    ...args.environment,
  };
  return [
    ...problemIf(
      descriptor.kind !== "service" || !descriptor.ports.http || !descriptor.probes,
      "descriptor",
      `is ${descriptor.name}, which serves no HTTP with probes; give a job to JobWorkload, and other services to a component of their own.`,
    ),
    ...problemIf(
      !/^[a-z]([a-z0-9-]{0,50}[a-z0-9])?$/.test(workload),
      "workload",
      `is "${workload}"; allowed are lower-case letters, digits and hyphens, 52 at most, with a letter first.`,
    ),
    ...imageProblems(target, image),
    ...environmentProblems(descriptor, { environment, ...(secrets ? { secrets } : {}) }),
    ...(model ? modelProblems(model) : []),
    ...(gpu ? gpuProblems(target, gpu) : []),
    ...replicaProblems(args),
  ];
}

function replicaProblems({ target, scaleToZero, replicas, gpu }: ServiceWorkloadArgs): readonly ArgumentProblem[] {
  const { environment } = target;
  const { min, max } = replicas ?? REPLICAS[environment];
  const least = environment === "prod" ? 2 : 1;
  return [
    ...problemIf(
      !Number.isInteger(min) || min < least,
      "replicas.min",
      `is ${min}; give a whole number from ${least}${least === 2 ? ": in prod one pod's end must not be an outage" : ""}.`,
    ),
    ...problemIf(
      !Number.isInteger(max) || max < min,
      "replicas.max",
      `is ${max}; give a whole number from replicas.min, ${min}.`,
    ),
    ...problemIf(
      environment !== "prod" && max > MAX_REPLICAS_OUTSIDE_PROD,
      "replicas.max",
      `is ${max} in ${environment}; allowed are ${MAX_REPLICAS_OUTSIDE_PROD} at most outside prod.`,
    ),
    ...problemIf(
      scaleToZero !== undefined && gpu === undefined,
      "scaleToZero",
      "is set, but the pods have no GPU that would idle; leave it out, so that the first request need not wait.",
    ),
    ...problemIf(
      scaleToZero !== undefined && !(scaleToZero.requestsPerPod > 0),
      "scaleToZero.requestsPerPod",
      `is ${scaleToZero?.requestsPerPod}; give a number above 0.`,
    ),
  ];
}
