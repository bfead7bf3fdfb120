import { WORKLOADS } from "../frame/containers";
import { has, readKnown, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Nothing runs in the namespace default. */
export const notDefaultNamespace = defineRule({
  name: "not-default-namespace",
  title: "Nothing runs in the namespace default.",
  why: "Its rights, quotas and policies are nobody's.",
  fix: "Set metadata.namespace.",
  severity: "low",
  purpose: "access",
  cis: ["Kubernetes 1.9 5.7.4"],
  types: WORKLOADS,
  check: ({ props }) => {
    const namespace = readKnown(props, "metadata.namespace");
    return has(props, "metadata.namespace") && namespace !== "default"
      ? []
      : [`metadata.namespace is ${show(namespace)}; it must name a namespace of the workload's own.`];
  },
});
