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
            serviceAccountName: "serving",
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
      problems: ["serviceAccountName is not set; it must name an account of the workload's own."],
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
              serviceAccountName: "default",
            },
          },
        },
      },
      problems: ["serviceAccountName is default; it must name an account of the workload's own."],
    },
  ],
};
