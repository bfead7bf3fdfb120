import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/nodeGroup:NodeGroup",
  pass: [{ scalingConfig: { maxSize: 100 } }],
  fail: [
    {
      props: { scalingConfig: { maxSize: 101 } },
      problems: ["scalingConfig.maxSize is 101; it must be between 1 and 100."],
    },
    { props: {}, problems: ["scalingConfig.maxSize is not set; it must be between 1 and 100."] },
  ],
};
