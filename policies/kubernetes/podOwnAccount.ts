import { podOf, WORKLOADS } from "../frame/containers";
import { has, readKnown, show } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Workloads have a service account of their own. */
export const podOwnAccount = defineRule({
  name: "pod-own-account",
  title: "Workloads have a service account of their own.",
  why: "A right given to the default account is everyone's in the namespace.",
  fix: "Set serviceAccountName.",
  severity: "medium",
  purpose: "leastPrivilege",
  cis: ["Kubernetes 1.9 5.1.5"],
  types: WORKLOADS,
  check: (resource) => {
    const pod = podOf(resource);
    // An account that is still to be made is not the default one.
    const known = readKnown(pod, "serviceAccountName");
    return has(pod, "serviceAccountName") && known !== "default" && known !== ""
      ? []
      : [`serviceAccountName is ${show(known)}; it must name an account of the workload's own.`];
  },
});
