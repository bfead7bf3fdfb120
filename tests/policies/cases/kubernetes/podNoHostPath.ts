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
            volumes: [{ name: "cache", emptyDir: {} }],
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
              volumes: [{ name: "root", hostPath: { path: "/" } }],
            },
          },
        },
      },
      problems: ["The volume root is a hostPath."],
    },
  ],
};
