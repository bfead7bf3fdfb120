import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:eks/nodeGroup:NodeGroup",
  pass: [{ instanceType: "m6i.large" }, { instanceTypes: ["g5.xlarge"] }, {}],
  fail: [
    { props: { instanceType: "p5.48xlarge" }, problems: ["p5.48xlarge is of no allowed family."] },
    { props: { instanceTypes: ["m5.large", "u-24tb1.metal"] }, problems: ["u-24tb1.metal is of no allowed family."] },
  ],
};
