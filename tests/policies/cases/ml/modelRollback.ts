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
        revisionHistoryLimit: 2,
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
        revisionHistoryLimit: 0,
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
                    { name: "OBJECT_STORE_URL", value: "s3://models" },
                    { name: "DRIFT_URL", value: "http://drift:8081" },
                  ],
                },
              ],
            },
          },
          revisionHistoryLimit: 0,
        },
      },
      problems: ["spec.revisionHistoryLimit is 0; it must be at least 2."],
    },
  ],
};
