import { SERVING_WORKLOADS } from "../frame/containers";
import { isObject, read } from "../frame/read";
import { ofType } from "../frame/relations";
import { defineRule, type StackResource } from "../frame/rule";

const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";

/** Workloads with more than one replica keep some while nodes are drained. */
export const podDisruptionBudget = defineRule({
  name: "pod-disruption-budget",
  title: "A workload with more than one replica has a PodDisruptionBudget.",
  why: "An upgrade drains all its nodes at once otherwise, and every replica with them.",
  fix: "Make a PodDisruptionBudget whose selector is part of the pods' labels.",
  severity: "medium",
  purpose: "availability",
  types: [...SERVING_WORKLOADS, BUDGET],
  checkStack: (resources) => {
    const budgets = ofType(resources, BUDGET);
    return SERVING_WORKLOADS.flatMap((type) => ofType(resources, type))
      .filter(({ props }) => Number(read(props, "spec.replicas") ?? 1) > 1)
      .filter((workload) => !budgets.some((budget) => covers(budget, workload)))
      .map(({ urn, name, props }) => ({
        urn,
        text: `${name} has ${read(props, "spec.replicas")} replicas and no PodDisruptionBudget.`,
      }));
  },
});

function covers(budget: StackResource, workload: StackResource): boolean {
  const wanted = read(budget.props, "spec.selector.matchLabels");
  const labels = read(workload.props, "spec.template.metadata.labels");
  if (read(budget.props, "metadata.namespace") !== read(workload.props, "metadata.namespace")) return false;
  if (!isObject(wanted) || !isObject(labels)) return false;
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
