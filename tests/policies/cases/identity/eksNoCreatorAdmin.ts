import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ accessConfig: { bootstrapClusterCreatorAdminPermissions: false } }],
  fail: [
    {
      props: { accessConfig: { bootstrapClusterCreatorAdminPermissions: true } },
      problems: ["accessConfig.bootstrapClusterCreatorAdminPermissions is true; it must be false."],
    },
    { props: {}, problems: ["accessConfig.bootstrapClusterCreatorAdminPermissions is not set; it must be false."] },
  ],
};
