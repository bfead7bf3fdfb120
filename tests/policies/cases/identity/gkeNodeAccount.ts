import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ nodeConfig: { serviceAccount: "nodes@project.iam.gserviceaccount.com" } }],
  fail: [
    { props: { nodeConfig: {} }, problems: ["nodeConfig.serviceAccount is not set."] },
    {
      props: { nodeConfig: { serviceAccount: "123-compute@developer.gserviceaccount.com" } },
      problems: ["nodeConfig.serviceAccount is 123-compute@developer.gserviceaccount.com, the project's default."],
    },
  ],
};
