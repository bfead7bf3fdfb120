import { isObject, read } from "../frame/read";
import { defineRule } from "../frame/rule";

/** Annotations of the three clouds. */
const INTERNAL = [
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"],
  ["networking.gke.io/load-balancer-type", "Internal"],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", "true"],
] as const;

/** A Service opens no load balancer to the internet. */
export const serviceNotPublic = defineRule({
  name: "service-not-public",
  title: "A Service opens no load balancer to the internet.",
  why: "It goes around the gateway, its certificate and its limits.",
  fix: "Use type ClusterIP behind the gateway, or the cloud's annotation for an internal load balancer.",
  severity: "high",
  purpose: "boundary",
  types: ["kubernetes:core/v1:Service"],
  check: ({ props }) => {
    if (read(props, "spec.type") !== "LoadBalancer") return [];
    const annotations = read(props, "metadata.annotations");
    const found = isObject(annotations) ? annotations : {};
    return INTERNAL.some(([key, value]) => found[key] === value)
      ? []
      : ["spec.type is LoadBalancer, and no annotation makes it internal."];
  },
});
