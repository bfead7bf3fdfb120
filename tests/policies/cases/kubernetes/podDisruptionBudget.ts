import type { StackCases } from "../../ruleCases";

const scaled = {
  type: "kubernetes:apps/v1:Deployment",
  name: "serving",
  props: {
    metadata: { name: "serving", namespace: "ml" },
    spec: { template: { metadata: { labels: { app: "serving" } } } },
  },
};

const autoscaler = (minReplicas: number, name = "serving") => ({
  type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  name: "autoscaler",
  props: { metadata: { namespace: "ml" }, spec: { scaleTargetRef: { kind: "Deployment", name }, minReplicas } },
});

export const cases: StackCases = {
  pass: [
    [scaled, autoscaler(1)],
    [scaled, autoscaler(3, "drift")],
    [
      {
        type: "kubernetes:apps/v1:Deployment",
        name: "serving",
        props: {
          metadata: { namespace: "ml" },
          spec: { replicas: 1, template: { metadata: { labels: { app: "serving" } } } },
        },
      },
    ],
    [
      {
        type: "kubernetes:apps/v1:Deployment",
        name: "serving",
        props: {
          metadata: { namespace: "ml" },
          spec: { replicas: 2, template: { metadata: { labels: { app: "serving" } } } },
        },
      },
      {
        type: "kubernetes:policy/v1:PodDisruptionBudget",
        name: "budget",
        props: { metadata: { namespace: "ml" }, spec: { selector: { matchLabels: { app: "serving" } } } },
      },
    ],
  ],
  fail: [
    {
      stack: [scaled, autoscaler(3)],
      problems: ["serving has 3 replicas and no PodDisruptionBudget."],
    },
    {
      stack: [
        {
          type: "kubernetes:apps/v1:Deployment",
          name: "serving",
          props: {
            metadata: { namespace: "ml" },
            spec: { replicas: 2, template: { metadata: { labels: { app: "serving" } } } },
          },
        },
        {
          type: "kubernetes:policy/v1:PodDisruptionBudget",
          name: "budget",
          props: { metadata: { namespace: "ml" }, spec: { selector: { matchLabels: { app: "drift" } } } },
        },
      ],
      problems: ["serving has 2 replicas and no PodDisruptionBudget."],
    },
    {
      stack: [
        {
          type: "kubernetes:apps/v1:Deployment",
          name: "serving",
          props: {
            metadata: { namespace: "ml" },
            spec: { replicas: 3, template: { metadata: { labels: { app: "serving" } } } },
          },
        },
        {
          type: "kubernetes:policy/v1:PodDisruptionBudget",
          name: "budget",
          props: { metadata: { namespace: "other" }, spec: { selector: { matchLabels: { app: "serving" } } } },
        },
      ],
      problems: ["serving has 3 replicas and no PodDisruptionBudget."],
    },
  ],
};
