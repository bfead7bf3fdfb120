import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "kubernetes:core/v1:Service",
  pass: [
    { spec: { type: "ClusterIP" } },
    {
      spec: { type: "LoadBalancer" },
      metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } },
    },
  ],
  fail: [
    {
      props: { spec: { type: "LoadBalancer" } },
      problems: ["spec.type is LoadBalancer, and no annotation makes it internal."],
    },
    {
      props: {
        spec: { type: "LoadBalancer" },
        metadata: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" } },
      },
      problems: ["spec.type is LoadBalancer, and no annotation makes it internal."],
    },
  ],
};
