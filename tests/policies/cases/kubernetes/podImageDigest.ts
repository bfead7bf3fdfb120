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
      props: { spec: { template: { spec: { containers: [{ name: "serving", image: "registry/serving:latest" }] } } } },
      problems: ["Container serving: image is registry/serving:latest; it must end in @sha256: and a digest."],
    },
    {
      props: { spec: { template: { spec: { containers: [{ name: "serving", image: "registry/serving" }] } } } },
      problems: ["Container serving: image is registry/serving; it must end in @sha256: and a digest."],
    },
  ],
};
