import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "pulumi:pulumi:Stack", name: "stack" },
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "general",
        props: { instanceTypes: ["m5.xlarge"], scalingConfig: { minSize: 100 } },
      },
    ],
  ],
  fail: [
    {
      stack: [
        { type: "pulumi:pulumi:Stack", name: "stack" },
        {
          type: "aws:eks/nodeGroup:NodeGroup",
          name: "general",
          props: { instanceTypes: ["m5.xlarge"], scalingConfig: { minSize: 200 } },
        },
      ],
      problems: ["At list prices of 2025-11 the stack costs at least $28032 a month; at most $20000."],
    },
  ],
};
