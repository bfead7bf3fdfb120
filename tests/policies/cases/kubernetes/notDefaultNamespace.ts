import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "kubernetes:apps/v1:Deployment",
  pass: [{ metadata: { namespace: "ml-platform" } }],
  fail: [
    {
      props: { metadata: {} },
      problems: ["metadata.namespace is not set; it must name a namespace of the workload's own."],
    },
    {
      props: { metadata: { namespace: "default" } },
      problems: ["metadata.namespace is default; it must name a namespace of the workload's own."],
    },
  ],
};
