import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/cluster:Cluster",
  pass: [{ privateClusterConfig: { enablePrivateNodes: true } }],
  fail: [
    {
      props: { privateClusterConfig: { enablePrivateNodes: false } },
      problems: ["privateClusterConfig.enablePrivateNodes is false; it must be true."],
    },
    { props: {}, problems: ["privateClusterConfig.enablePrivateNodes is not set; it must be true."] },
  ],
};
