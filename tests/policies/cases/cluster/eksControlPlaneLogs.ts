import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"] }],
  fail: [
    {
      props: { enabledClusterLogTypes: ["audit", "authenticator", "controllerManager", "scheduler"] },
      problems: ["enabledClusterLogTypes lacks api."],
    },
    { props: {}, problems: ["enabledClusterLogTypes lacks api, audit, authenticator, controllerManager, scheduler."] },
  ],
};
