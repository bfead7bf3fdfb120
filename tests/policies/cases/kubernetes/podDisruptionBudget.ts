import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
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
