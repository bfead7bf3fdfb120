import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ loggingConfig: { enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER"] } }],
  fail: [
    {
      props: { loggingConfig: { enableComponents: ["WORKLOADS", "APISERVER"] } },
      problems: ["loggingConfig.enableComponents lacks SYSTEM_COMPONENTS."],
    },
    { props: {}, problems: ["loggingConfig.enableComponents lacks SYSTEM_COMPONENTS, WORKLOADS, APISERVER."] },
  ],
};
