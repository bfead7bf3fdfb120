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
                  env: [
                    { name: "MODEL_NAME", value: "fraud" },
                    { name: "MODEL_VERSION", value: "latest" },
                    { name: "OBJECT_STORE_URL", value: "s3://models" },
                    { name: "DRIFT_URL", value: "http://drift:8081" },
                  ],
                },
              ],
            },
          },
        },
      },
      problems: ["Container serving: MODEL_VERSION is latest; it must be a number."],
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
                  env: [{ name: "MODEL_NAME", value: "fraud" }],
                },
              ],
            },
          },
        },
      },
      problems: ["Container serving: MODEL_VERSION is not set; it must be a number."],
    },
  ],
};
