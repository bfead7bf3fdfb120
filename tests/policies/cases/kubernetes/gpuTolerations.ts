import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "gpu",
        props: { taints: [{ key: "nvidia.com/gpu" }, { key: "team" }] },
      },
      {
        type: "kubernetes:apps/v1:DaemonSet",
        name: "device-plugin",
        props: {
          spec: {
            template: {
              spec: {
                nodeSelector: { "nvidia.com/gpu.present": "true" },
                tolerations: [{ key: "nvidia.com/gpu" }, { key: "team" }],
              },
            },
          },
        },
      },
    ],
    [
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "gpu",
        props: { taints: [{ key: "nvidia.com/gpu" }, { key: "team" }] },
      },
      {
        type: "kubernetes:apps/v1:DaemonSet",
        name: "device-plugin",
        props: {
          spec: {
            template: {
              spec: { nodeSelector: { "nvidia.com/gpu.present": "true" }, tolerations: [{ operator: "Exists" }] },
            },
          },
        },
      },
    ],
    [
      {
        type: "kubernetes:apps/v1:DaemonSet",
        name: "device-plugin",
        props: {
          spec: { template: { spec: { nodeSelector: { "nvidia.com/gpu.present": "true" }, tolerations: [] } } },
        },
      },
    ],
  ],
  fail: [
    {
      stack: [
        {
          type: "aws:eks/nodeGroup:NodeGroup",
          name: "gpu",
          props: { taints: [{ key: "nvidia.com/gpu" }, { key: "team" }] },
        },
        {
          type: "kubernetes:apps/v1:DaemonSet",
          name: "device-plugin",
          props: {
            spec: {
              template: {
                spec: { nodeSelector: { "nvidia.com/gpu.present": "true" }, tolerations: [{ key: "nvidia.com/gpu" }] },
              },
            },
          },
        },
      ],
      problems: ["device-plugin does not tolerate team."],
    },
    {
      stack: [
        {
          type: "azure-native:containerservice:AgentPool",
          name: "gpu",
          props: { nodeTaints: ["nvidia.com/gpu=present:NoSchedule", "team=ml:NoSchedule"] },
        },
        {
          type: "kubernetes:apps/v1:DaemonSet",
          name: "device-plugin",
          props: {
            spec: {
              template: {
                spec: { nodeSelector: { "nvidia.com/gpu.present": "true" }, tolerations: [{ key: "team" }] },
              },
            },
          },
        },
      ],
      problems: ["device-plugin does not tolerate nvidia.com/gpu."],
    },
  ],
};
