import { isObject, objects, read } from "./read";
import type { Properties, Resource } from "./rule";

/** Kubernetes kinds that make pods. */
export const WORKLOADS = [
  "kubernetes:core/v1:Pod",
  "kubernetes:apps/v1:Deployment",
  "kubernetes:apps/v1:StatefulSet",
  "kubernetes:apps/v1:DaemonSet",
  "kubernetes:batch/v1:Job",
  "kubernetes:batch/v1:CronJob",
];

/** Kinds whose pods serve for as long as they live. */
export const SERVING_WORKLOADS = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet"];

/** The pod's own specification inside a workload. */
export function podOf({ type, props }: Resource): Properties {
  const path = type.endsWith(":Pod")
    ? "spec"
    : type.endsWith(":CronJob")
      ? "spec.jobTemplate.spec.template.spec"
      : "spec.template.spec";
  const pod = read(props, path);
  return isObject(pod) ? pod : {};
}

/** Containers of a workload, those that run first included. */
export function containersOf(resource: Resource): readonly Properties[] {
  const pod = podOf(resource);
  return [...objects(pod, "initContainers"), ...objects(pod, "containers")];
}

/** Runs a check on every container and puts its name before each problem. */
export function eachContainer(problemsOf: (container: Properties, pod: Properties) => readonly string[]) {
  return (resource: Resource): string[] => {
    const pod = podOf(resource);
    return containersOf(resource).flatMap((container) =>
      problemsOf(container, pod).map((problem) => `Container ${String(container.name)}: ${problem}`),
    );
  };
}
