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
              hostNetwork: true,
            },
          },
        },
      },
      problems: ["hostNetwork is true."],
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
                },
              ],
              hostPID: true,
              hostIPC: true,
            },
          },
        },
      },
      problems: ["hostPID is true.", "hostIPC is true."],
    },
  ],
};
