import type { StackCases } from "../../ruleCases";

export const cases: StackCases = {
  pass: [
    [
      { type: "pulumi:pulumi:Stack", name: "stack" },
      {
        type: "aws:eks/nodeGroup:NodeGroup",
        name: "general",
        props: { instanceTypes: ["m5.xlarge"], scalingConfig: { minSize: 1 } },
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
          props: { instanceTypes: ["p9.large"], scalingConfig: { minSize: 1 } },
        },
      ],
      problems: ["p9.large has no price and is not counted."],
    },
  ],
};
