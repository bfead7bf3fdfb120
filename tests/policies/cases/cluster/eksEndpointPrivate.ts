import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [{ vpcConfig: { endpointPrivateAccess: true } }],
  fail: [
    {
      props: { vpcConfig: { endpointPrivateAccess: false } },
      problems: ["vpcConfig.endpointPrivateAccess is false; it must be true."],
    },
    { props: {}, problems: ["vpcConfig.endpointPrivateAccess is not set; it must be true."] },
  ],
};
