import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  pass: [{ blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }] }],
  fail: [
    {
      props: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] },
      problems: ["The disk /dev/xvda is not encrypted."],
    },
  ],
};
