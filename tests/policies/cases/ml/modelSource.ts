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
                env: [
                  { name: "MODEL_NAME", value: "fraud" },
                  { name: "MODEL_VERSION", value: "3" },
                  { name: "OBJECT_STORE_URL", value: "s3://models" },
                  { name: "DRIFT_URL", value: "http://drift:8081" },
                ],
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
                  env: [
                    { name: "MODEL_NAME", value: "fraud" },
                    { name: "MODEL_VERSION", value: "3" },
                  ],
                },
              ],
            },
          },
        },
      },
      problems: ["Container serving: OBJECT_STORE_URL is not set."],
    },
  ],
};
