import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/cluster:Cluster",
  pass: [
    { vpcConfig: { endpointPublicAccess: false } },
    { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24", "10.0.0.0/8"] } },
  ],
  fail: [
    {
      props: { vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/1", "128.0.0.0/1"] } },
      problems: ["vpcConfig lets in 4294967296 public addresses (0.0.0.0/1, 128.0.0.0/1); at most 256."],
    },
    { props: { vpcConfig: {} }, problems: ["vpcConfig lets in 4294967296 public addresses (0.0.0.0/0); at most 256."] },
  ],
};
