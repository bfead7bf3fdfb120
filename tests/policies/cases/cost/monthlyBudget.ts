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
          props: { instanceTypes: ["m5.xlarge"], scalingConfig: { minSize: 120 } },
        },
        {
          type: "aws:eks/nodeGroup:NodeGroup",
          name: "idle",
          props: { instanceTypes: ["p9.large"], scalingConfig: { minSize: 0 } },
        },
      ],
      problems: ["At list prices of 2025-11 the stack costs at least 84 % of $20000 a month, above 80 %."],
    },
    {
      stack: [
        { type: "pulumi:pulumi:Stack", name: "stack" },
        {
          type: "aws:eks/nodeGroup:NodeGroup",
          name: "a",
          props: { instanceTypes: ["m5.xlarge"], scalingConfig: { minSize: 140 } },
        },
        {
          type: "aws:eks/nodeGroup:NodeGroup",
          name: "b",
          props: { instanceTypes: ["p9.large"], scalingConfig: { minSize: 1 } },
        },
      ],
      problems: [
        "At list prices of 2025-11 the stack costs at least 98 % of $20000 a month, above 95 %. Not counted: p9.large.",
      ],
    },
  ],
};
