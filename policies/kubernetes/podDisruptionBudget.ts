import { SERVING_WORKLOADS } from "../frame/containers";
import { isObject, read } from "../frame/read";
import { ofType } from "../frame/relations";
import { defineRule, type StackResource } from "../frame/rule";

const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

/** Workloads with more than one replica keep some while nodes are drained. */
export const podDisruptionBudget = defineRule({
  name: "pod-disruption-budget",
  title: "A workload with more than one replica has a PodDisruptionBudget.",
  why: "An upgrade drains all its nodes at once otherwise, and every replica with them.",
  fix: "Make a PodDisruptionBudget whose selector is part of the pods' labels.",
  severity: "medium",
  purpose: "availability",
  types: [...SERVING_WORKLOADS, AUTOSCALER, BUDGET],
  checkStack: (resources) => {
    const budgets = ofType(resources, BUDGET);
    const autoscalers = ofType(resources, AUTOSCALER);
    return SERVING_WORKLOADS.flatMap((type) => ofType(resources, type)).flatMap((workload) => {
      const replicas = leastReplicas(workload, autoscalers);
      if (replicas <= 1 || budgets.some((budget) => covers(budget, workload))) return [];
      return [{ urn: workload.urn, text: `${workload.name} has ${replicas} replicas and no PodDisruptionBudget.` }];
    });
  },
});

/** Of a workload that an autoscaler sizes, the least that this keeps. */
function leastReplicas(workload: StackResource, autoscalers: readonly StackResource[]): number {
  const scaling = autoscalers.find(
    ({ props }) =>
      read(props, "metadata.namespace") === read(workload.props, "metadata.namespace") &&
      read(props, "spec.scaleTargetRef.kind") === workload.type.split(":").at(-1) &&
      read(props, "spec.scaleTargetRef.name") === read(workload.props, "metadata.name"),
  );
  return Number(read(workload.props, "spec.replicas") ?? read(scaling?.props, "spec.minReplicas") ?? 1);
}

function covers(budget: StackResource, workload: StackResource): boolean {
  const wanted = read(budget.props, "spec.selector.matchLabels");
  const labels = read(workload.props, "spec.template.metadata.labels");
  if (read(budget.props, "metadata.namespace") !== read(workload.props, "metadata.namespace")) return false;
  if (!isObject(wanted) || !isObject(labels)) return false;
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
