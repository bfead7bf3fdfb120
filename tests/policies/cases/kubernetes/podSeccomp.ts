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
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
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
      problems: ["seccompProfile.type is not set; it must be RuntimeDefault or Localhost."],
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
              securityContext: { seccompProfile: { type: "Unconfined" } },
            },
          },
        },
      },
      problems: ["seccompProfile.type is Unconfined; it must be RuntimeDefault or Localhost."],
    },
  ],
};
