import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "kubernetes:core/v1:Namespace", name: "ml", props: { metadata: { name: "ml-platform" } } },
      {
        type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        name: "deny",
        props: { metadata: { namespace: "ml-platform" }, spec: { podSelector: {}, policyTypes: ["Ingress"] } },
      },
    ],
    [
      { type: "kubernetes:core/v1:Namespace", name: "ml", props: { metadata: { name: "ml-platform" } } },
      {
        type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        name: "deny",
        props: { metadata: { namespace: null }, spec: { podSelector: {}, policyTypes: ["Ingress"] } },
        refs: { metadata: ["ml"] },
      },
    ],
  ],
  fail: [
    {
      stack: [{ type: "kubernetes:core/v1:Namespace", name: "ml", props: { metadata: { name: "ml-platform" } } }],
      problems: ["No network policy of the namespace ml refuses all traffic."],
    },
    {
      stack: [
        { type: "kubernetes:core/v1:Namespace", name: "ml", props: { metadata: { name: "ml-platform" } } },
        {
          type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
          name: "deny",
          props: { metadata: { namespace: "other" }, spec: { podSelector: {}, policyTypes: ["Ingress"] } },
        },
      ],
      problems: ["No network policy of the namespace ml refuses all traffic."],
    },
    {
      stack: [
        { type: "kubernetes:core/v1:Namespace", name: "ml", props: { metadata: { name: "ml-platform" } } },
        {
          type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
          name: "deny",
          props: {
            metadata: { namespace: "ml-platform" },
            spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] },
          },
        },
      ],
      problems: ["No network policy of the namespace ml refuses all traffic."],
    },
    {
      stack: [
        { type: "kubernetes:core/v1:Namespace", name: "ml", props: { metadata: { name: "ml-platform" } } },
        {
          type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
          name: "deny",
          props: {
            metadata: { namespace: "ml-platform" },
            spec: { podSelector: { matchLabels: { app: "a" } }, policyTypes: ["Ingress"] },
          },
        },
      ],
      problems: ["No network policy of the namespace ml refuses all traffic."],
    },
  ],
};
