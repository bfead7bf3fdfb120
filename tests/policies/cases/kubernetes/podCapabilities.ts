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
                securityContext: { capabilities: { drop: ["ALL"] } },
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
      problems: ["Container serving: capabilities.drop lacks ALL."],
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
                  securityContext: { capabilities: { drop: ["NET_RAW"] } },
                },
              ],
            },
          },
        },
      },
      problems: ["Container serving: capabilities.drop lacks ALL."],
    },
  ],
};
