import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/flowLog:FlowLog",
  pass: [{ trafficType: "ALL" }],
  fail: [
    { props: { trafficType: "another" }, problems: ["trafficType is another; it must be ALL."] },
    { props: {}, problems: ["trafficType is not set; it must be ALL."] },
  ],
};
