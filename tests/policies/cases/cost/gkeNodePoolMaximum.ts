import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "gcp:container/nodePool:NodePool",
  pass: [{ autoscaling: { totalMaxNodeCount: 100 } }, { autoscaling: { maxNodeCount: 10 } }],
  fail: [
    {
      props: { autoscaling: { totalMaxNodeCount: 101 } },
      problems: ["The largest size is 101; it must be between 1 and 100."],
    },
    { props: {}, problems: ["The largest size is not set; it must be between 1 and 100."] },
  ],
};
