import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ecr/repository:Repository",
  pass: [{ imageScanningConfiguration: { scanOnPush: true } }],
  fail: [
    {
      props: { imageScanningConfiguration: { scanOnPush: false } },
      problems: ["imageScanningConfiguration.scanOnPush is false; it must be true."],
    },
    { props: {}, problems: ["imageScanningConfiguration.scanOnPush is not set; it must be true."] },
  ],
};
