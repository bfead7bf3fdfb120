import type { RuleCases } from "../../ruleCases";

export const cases: RuleCases = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  pass: [{ metadataOptions: { httpTokens: "required" } }],
  fail: [
    {
      props: { metadataOptions: { httpTokens: "another" } },
      problems: ["metadataOptions.httpTokens is another; it must be required."],
    },
    { props: {}, problems: ["metadataOptions.httpTokens is not set; it must be required."] },
  ],
};
