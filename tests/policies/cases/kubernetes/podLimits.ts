import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "kubernetes:apps/v1:Deployment",
  pass: [
    {
      spec: {
        template: {
          spec: {
            containers: [
              {
                name: "serving",
                image: "registry/serving@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } },
              },
            ],
          },
        },
      },
    },
  ],
  fail: [
    {
      props: {
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: "serving",
                  image: "registry/serving@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                },
              ],
            },
          },
        },
      },
      problems: [
        "Container serving: resources.requests.cpu is not set.",
        "Container serving: resources.requests.memory is not set.",
        "Container serving: resources.limits.memory is not set.",
      ],
    },
    {
      props: {
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: "serving",
                  image: "registry/serving@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                  resources: { requests: { cpu: "1", memory: "1Gi" } },
                },
              ],
            },
          },
        },
      },
      problems: ["Container serving: resources.limits.memory is not set."],
    },
  ],
};
